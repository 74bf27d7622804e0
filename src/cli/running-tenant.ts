// What the running local tenant tells those who know its control token.
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { JSONWebKeySet } from "jose";
import type { Tenant } from "../../tenant/index.ts";
import type { RunningTenant } from "./dev-stack.ts";
import { Failure } from "./failure.ts";

/** All that a tenant stores. */
export type TenantState = Parameters<Tenant["restore"]>[0];

/**
 * All that the running tenant stores, but for its log and its signing keys. A copy: what is done with it does not reach that
 * tenant.
 */
export async function stateOf(tenant: RunningTenant, authority: string): Promise<TenantState> {
  const answer = await ask(tenant, authority, `${tenant.control.url}/snapshot`);
  const { signing_keys: _keys, logs: _logs, ...state }: TenantState = JSON.parse(answer);
  return state;
}

/** The keys with which the running tenant's tokens are verified. */
export async function keySetOf(tenant: RunningTenant, authority: string): Promise<JSONWebKeySet> {
  return JSON.parse(await ask(tenant, authority, `${tenant.url}/.well-known/jwks.json`));
}

/** `authority` is PEM; it is trusted for this request alone, since all tenants' authorities have one name. */
async function ask({ control, url: tenant }: RunningTenant, authority: string, url: string): Promise<string> {
  const headers = { authorization: `Bearer ${control.token}` };
  const asking = request(url, { ca: authority, headers });
  asking.end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage]; // as Node documents it
  const body = await text(answer);
  if (answer.statusCode === 200) return body;
  throw new Failure(`the running tenant at ${tenant} answers ${answer.statusCode}`, "start it anew");
}
