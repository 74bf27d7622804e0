import { createHash } from "node:crypto";
import type { Client, ClientGrant } from "../model/access-model.ts";
import type { ClientAuthentication, PublicKey } from "../model/declarations.ts";
import { managementApi } from "../model/names.ts";
import { line, permissionColumn, word } from "./line.ts";

/** What a client may get, what policies are told of it, who it takes for its users, and where tokens are sent. */
export function clientFacts(client: Client): readonly string[] {
  const subject = `client ${client.key}`;
  const facts = [
    `type: ${client.type}`,
    ...authenticationFacts(client.authentication),
    ...each("callback", client.callbacks),
    ...each("logoutUrl", client.logoutUrls),
    ...each("connection", client.connections),
    ...(client.type === "machine" ? [] : signInFacts(client)),
    ...Object.entries(client.metadata).map(([name, value]) => `metadata: ${word(name)} ${word(value)}`),
  ];
  return [
    ...facts.map((fact) => line(subject, fact)),
    ...client.grants.flatMap((grant) =>
      grant.scopes.map((scope) =>
        line(subject, permissionColumn({ api: grant.api, scope }), holderOf(grant, client)),
      ),
    ),
  ];
}

function each(key: string, values: readonly string[]): readonly string[] {
  return values.map((value) => `${key}: ${word(value)}`);
}

function signInFacts({ allowedRoles }: Client): readonly string[] {
  return allowedRoles === undefined ? ["allowedRoles: not limited"] : each("allowedRole", allowedRoles);
}

function authenticationFacts(authentication: ClientAuthentication): readonly string[] {
  const keys = authentication.kind === "private-key" ? authentication.publicKeys : [];
  return [
    `authentication: ${authentication.kind}`,
    ...keys.map((key) => `publicKey: ${word(key.name)} ${key.algorithm} ${fingerprintOf(key)}`),
  ];
}

/** SHA-256 of the PEM text without its line breaks and blanks. */
function fingerprintOf({ pem }: PublicKey): string {
  return `sha256:${createHash("sha256").update(pem.replaceAll(/\s/g, "")).digest("hex")}`;
}

/** For whom the client gets what it is granted. */
function holderOf({ subject, api }: ClientGrant, { isPoliciesClient }: Client): string {
  if (subject === "user") return "for its users";
  return isPoliciesClient && api === managementApi ? "by itself, from policies" : "by itself";
}
