import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { TenantContext } from "../context.ts";
import type { CarryOut } from "../gate.ts";
import { type Noted, noteCall } from "../noted-call.ts";
import { TextResponse } from "../text-response.ts";
import { actions } from "./actions.ts";
import { type Authenticate, createAuthenticator, requireScopes } from "./authorize.ts";
import { bindings } from "./bindings.ts";
import { readJson } from "./body.ts";
import { clientGrants } from "./client-grants.ts";
import { clients } from "./clients.ts";
import { connections } from "./connections.ts";
import { credentials } from "./credentials.ts";
import { emptyLists } from "./empty-lists.ts";
import { ApiError } from "./errors.ts";
import { hooks } from "./hooks.ts";
import { logs } from "./logs.ts";
import { type OperationName, operations } from "./operations.ts";
import { organizationClientGrants } from "./organization-client-grants.ts";
import { organizationClients } from "./organization-clients.ts";
import { organizationConnections } from "./organization-connections.ts";
import { organizationDiscoveryDomains } from "./organization-discovery-domains.ts";
import { organizationMembers } from "./organization-members.ts";
import { organizationRoles } from "./organization-roles.ts";
import { organizations } from "./organizations.ts";
import { profiles } from "./profiles.ts";
import { promptRendering } from "./prompt-rendering.ts";
import { prompts } from "./prompts.ts";
import type { Answer, Handler, ManagementRequest } from "./request.ts";
import { resourceServers } from "./resource-servers.ts";
import { roles } from "./roles.ts";
import { rules } from "./rules.ts";
import { rulesConfigs } from "./rules-configs.ts";
import { signingKeys } from "./signing-keys.ts";
import { stats } from "./stats.ts";
import { tenants } from "./tenants.ts";
import { tokenExchangeProfiles } from "./token-exchange-profiles.ts";
import { users } from "./users.ts";

const handlers: { readonly [Name in OperationName]: Handler<Name> } = {
  ...resourceServers,
  ...roles,
  ...users,
  ...clients,
  ...credentials,
  ...clientGrants,
  ...hooks,
  ...rules,
  ...rulesConfigs,
  ...actions,
  ...bindings,
  ...connections,
  ...emptyLists,
  ...organizations,
  ...organizationMembers,
  ...organizationConnections,
  ...organizationClients,
  ...organizationClientGrants,
  ...organizationDiscoveryDomains,
  ...organizationRoles,
  ...profiles,
  ...prompts,
  ...promptRendering,
  ...tokenExchangeProfiles,
  ...tenants,
  ...stats,
  ...logs,
  ...signingKeys,
};

const BASE = "/api/v2";

/** The Management API at `/api/v2`: every operation of the table, and 501 naming any other endpoint. */
export function managementRoutes(context: TenantContext): Hono {
  const app = new Hono().basePath(BASE);
  const authenticate = createAuthenticator(context);
  for (const name of Object.keys(operations) as OperationName[]) {
    const { method, path } = operations[name];
    app.on(method, path, (request) =>
      noteCall(context, request, name, (noted, carryOut) =>
        answer(() => execute(context, authenticate, request, name, noted, carryOut)),
      ),
    );
  }
  app.all("*", (request) =>
    noteCall(context, request, "unknown", () =>
      answer(() => {
        const endpoint = `${request.req.method} ${request.req.path}`;
        throw new ApiError(501, `The local tenant does not have the endpoint ${endpoint}`, "not_emulated");
      }),
    ),
  );
  return app;
}

async function execute(
  context: TenantContext,
  authenticate: Authenticate,
  { req }: Context,
  name: OperationName,
  noted: Noted,
  carryOut: CarryOut,
): Promise<Answer> {
  const caller = await authenticate(req.header("authorization"));
  if (caller.clientId !== undefined) noted.clientId = caller.clientId;
  noted.scopesUsed = requireScopes(operations[name].scopes, caller.scopes);
  const scopes = noted.scopesUsed;
  const request = { path: req.param(), query: req.query(), scopes, body: await readJson(req) };
  const handler = handlers[name] as Handler<never>; // the table pairs each handler with the path of its own name
  return carryOut(() => handler(request as ManagementRequest<never>, context));
}

async function answer(work: () => Answer | Promise<Answer>): Promise<Response> {
  try {
    const { status, body } = await work();
    return body === undefined ? new Response(null, { status }) : json(status, body);
  } catch (error) {
    return refuse(error);
  }
}

const refuse = (error: unknown): Response => {
  if (error instanceof ApiError) return json(error.status, error.toWire());
  console.error("the local tenant has a bug:", error);
  return json(500, new ApiError(500, "Something went wrong in the local tenant").toWire());
};

const json = (status: number, body: unknown) =>
  new TextResponse(JSON.stringify(body), {
    status: status as ContentfulStatusCode,
    headers: { "content-type": "application/json; charset=utf-8" },
  });
