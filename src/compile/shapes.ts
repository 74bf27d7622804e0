// The shape of each kind of file in rbac/. What names mean is not looked at here.
import { z } from "zod";
import { allowedRolesName } from "../model/allowed-roles.ts";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { limits, reservedScopes } from "../model/limits.ts";
import { pem } from "./pem.ts";
import {
  atMost,
  day,
  description,
  filledList,
  key,
  law,
  lifetime,
  list,
  mapping,
  plainName,
  template,
  templateName,
  text,
  url,
} from "./shape-parts.ts";

const declared = {
  owner: text.optional(),
  formerly: list("a list of keys", key).optional(),
  retired: mapping("a mapping with a reason", { reason: text }).optional(),
};

const scopes = list("a list of scopes", text);

const scopeName = text.check(
  atMost(limits.scope),
  law(
    "bad-value",
    (scope) => !/[\s*]/.test(scope),
    () => "holds a blank or a star, which no scope can",
  ),
  law(
    "reserved-name",
    (scope) => !reservedScopes.includes(scope),
    () => "is a scope of OpenID Connect; no API can define it",
  ),
);

const scope = z.union(
  [
    description,
    mapping("a description", { description, risk: z.enum(["low", "medium", "high"]).optional() }),
  ],
  { error: "a description, or a mapping with one" },
);

export const apiShape = mapping("a mapping with the keys of an API", {
  name: templateName.optional(),
  identifier: template.check(atMost(limits.identifier)),
  ...declared,
  tokenLifetime: lifetime.optional(),
  offlineAccess: z.boolean().optional(),
  requireUserGrants: z.boolean().optional(),
  rbac: mapping("a mapping with enforce and reason", { enforce: z.boolean(), reason: text.optional() })
    .refine(({ enforce, reason }) => enforce || reason !== undefined, {
      params: { code: "missing-key" },
      error: 'turns RBAC off without a "reason"',
    })
    .optional(),
  scopes: z.record(scopeName, scope, { error: "a mapping of scopes to their descriptions" }).optional(),
});

export const roleShape = mapping("a mapping with the keys of a role", {
  name: plainName.optional(),
  description: description.optional(),
  ...declared,
  includes: list("a list of roles", text).optional(),
  permissions: z.record(text, scopes, { error: "a mapping of APIs to lists of scopes" }).optional(),
  reviewBy: day.optional(),
});

export const groupShape = mapping("a mapping with the keys of a group", {
  name: plainName.optional(),
  description: description.optional(),
  ...declared,
  roles: list("a list of roles", text).optional(),
  within: list("a list of groups", text).optional(),
  delivery: z.enum(["claim", "stored"]).optional(),
  from: list(
    "a list of groups of directories",
    mapping("a mapping with connection and group", { connection: text, group: text }),
  ).optional(),
});

const publicKey = mapping("a mapping with name and pem", {
  name: text.check(atMost(limits.publicKeyName)),
  algorithm: z.enum(["RS256", "RS384", "PS256"]).optional(),
  pem,
});

const metadataName = text.check(
  atMost(limits.clientMetadataText),
  law(
    "bad-value",
    (name) => /^[\w\t :,+=*?"/\\()<>@-]*$/.test(name),
    () => "holds a character that Auth0 takes in no name, such as a dot",
  ),
  law(
    "reserved-name",
    (name) => name !== allowedRolesName,
    () => 'is what "allowedRoles" comes to',
  ),
);

export const clientShape = mapping("a mapping with the keys of a client", {
  name: templateName.optional(),
  description: description.optional(),
  type: z.enum(["machine", "web", "spa", "native"]),
  ...declared,
  grants: z
    .record(
      text,
      z.union([scopes, z.literal("from-policies")], { error: 'a list of scopes, or "from-policies"' }),
      {
        error: "a mapping of APIs to lists of scopes",
      },
    )
    .optional(),
  callbacks: list("a list of URLs", url).optional(),
  logoutUrls: list("a list of URLs", url).optional(),
  connections: list("a list of connections", text).optional(),
  allowedRoles: filledList("a list of roles", text).optional(),
  metadata: z
    .record(metadataName, text.check(atMost(limits.clientMetadataText)), {
      error: "a mapping of names to texts",
    })
    .optional(),
  authentication: z.enum(["secret", "private-key"]).optional(),
  publicKeys: filledList("a list of public keys", publicKey)
    .refine((keys) => keys.length <= limits.publicKeysPerClient, {
      params: { code: "limit-exceeded" satisfies DiagnosticCode },
      error: `are more than the ${limits.publicKeysPerClient} that Auth0 takes`,
    })
    .optional(),
});

export type ApiShape = z.infer<typeof apiShape>;
export type RoleShape = z.infer<typeof roleShape>;
export type GroupShape = z.infer<typeof groupShape>;
export type ClientShape = z.infer<typeof clientShape>;
