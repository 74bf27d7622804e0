// A flow on its way through a lane.
import type { FlowName } from "../../../src/model/flows.ts";
import type { CredentialsExchangeEvent, Events } from "../../../src/policy/events.ts";
import type { Steps } from "../cases.ts";
import type { World } from "../world.ts";

export interface Run {
  readonly flow: FlowName;
  readonly steps: Steps<FlowName>;
  readonly event: Events[FlowName];
}

export type Values = Readonly<Record<string, string>>;

/** What the tenant gives bundles that call the Management API. */
export const ownValues = ({ tenant, policiesClient }: World): Values => ({
  ROLEBOOK_TENANT_DOMAIN: tenant.domain,
  ROLEBOOK_CLIENT_ID: policiesClient.client_id,
  ROLEBOOK_CLIENT_SECRET: policiesClient.client_secret,
});

/** The same with the ids that roles have in the tenant, in the place of `rol_<key>`. */
export function withIds<Input>(input: Input, { roleIds }: World): Input {
  const text = JSON.stringify(input).replace(/"rol_(\w+)"/g, (found, key) =>
    roleIds[key] ? JSON.stringify(roleIds[key]) : found,
  );
  return JSON.parse(text) as Input;
}

/** Scopes that a machine is granted; undefined in other flows. */
export function grantedTo(event: Events[FlowName]): readonly string[] | undefined {
  return (event as Partial<CredentialsExchangeEvent>).accessToken?.scope;
}

/** A copy, of this realm. */
export const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
