// The only place names of resources are made. A logical name is a resource's identity across updates: it comes from the
// key of the declaration, never from a display name or a place in a list.
import type { Extensibility, FlowName } from "../model/flows.ts";
import type { ApiKey, ClientKey, LogicalName, RoleKey } from "../model/names.ts";

const logical = (text: string) => text as LogicalName; // the one boundary where the brand is given

/** An API and its scopes: the key. */
export const apiName = (key: ApiKey): LogicalName => logical(key);

/** A role and its permissions: the key. */
export const roleName = (key: RoleKey): LogicalName => logical(key);

/** A client and its credentials: the key. */
export const clientName = (key: ClientKey): LogicalName => logical(key);

/** What a client is granted at one API: both keys. */
export const grantName = (client: ClientKey, api: ApiKey): LogicalName => logical(`${client}-${api}`);

/** A client's use of a connection: the client's key and the connection's name. */
export const connectionName = (client: ClientKey, connection: string): LogicalName =>
  logical(`${client}-${connection}`);

/** The code of a flow and what hangs on it. A switch of extensibility makes new resources and removes the old ones. */
export const flowResourceName = (flow: FlowName, extensibility: Extensibility): LogicalName =>
  logical(`${kebab(flow)}-${extensibility}`);

/** One key of the rule configuration. */
export const ruleConfigName = (key: string): LogicalName => logical(key);

/**
 * What the dashboard shows for a flow's hook, rule or action: letters, digits and blanks only, as rules and hooks demand.
 * @see Auth0 Management API, POST /rules, POST /hooks
 */
export const codeDisplayName = (flow: FlowName): string => `Rolebook ${kebab(flow).replaceAll("-", " ")}`;

function kebab(flow: FlowName): string {
  return flow.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
