// What the running local tenant knows of a token that it issued: the signature, the client, the roles it stores.
import { readFileSync } from "node:fs";
import { compactVerify, createLocalJWKSet, type JWTPayload } from "jose";
import { z } from "zod";
import { findRunningTenant } from "../dev-stack.ts";
import { keySetOf, stateOf } from "../running-tenant.ts";

/** Facts that the token itself does not tell. */
export interface KnownHere {
  /** False if none of the tenant's keys has signed it. */
  readonly isSigned: boolean;
  /** Name of the client that it was issued to. */
  readonly clientName: string | undefined;
  /** Names of the roles that the tenant stores for the user now; undefined if it does not know the user. */
  readonly storedRoles: readonly string[] | undefined;
}

const state = z.object({
  clients: z.array(z.looseObject({ client_id: z.string(), name: z.string() })).default([]),
  users: z.array(z.looseObject({ user_id: z.string() })).default([]),
  roles: z.array(z.looseObject({ id: z.string(), name: z.string() })).default([]),
  user_roles: z.array(z.looseObject({ user_id: z.string(), role_id: z.string() })).default([]),
});

/** What the tenant that runs on this state knows; undefined if none does, or if another tenant issued the token. */
export async function knownHere(
  token: string,
  payload: JWTPayload,
  stateDirectory: string,
): Promise<KnownHere | undefined> {
  const running = findRunningTenant(stateDirectory);
  if (!running || payload.iss !== `${running.url}/`) return undefined;
  const authority = readFileSync(running.ca, "utf8");
  const keys = createLocalJWKSet(await keySetOf(running, authority));
  const { clients, users, roles, user_roles } = state.parse(await stateOf(running, authority));
  const clientId = payload.azp ?? payload.client_id ?? payload.aud;
  const held = user_roles.filter(({ user_id }) => user_id === payload.sub).map(({ role_id }) => role_id);
  return {
    isSigned: await compactVerify(token, keys).then(
      () => true,
      () => false,
    ),
    clientName: clients.find(({ client_id }) => client_id === clientId)?.name,
    storedRoles: users.some(({ user_id }) => user_id === payload.sub)
      ? roles.filter(({ id }) => held.includes(id)).map(({ name }) => name)
      : undefined,
  };
}
