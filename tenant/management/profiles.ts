/**
 * Profiles that clients of self-service kinds refer to: how connections are made (`cop_…`), and which attributes their
 * users have (`uap_…`). Stored and shown; nothing here acts by them.
 */
import { z } from "zod";
import type { Collection } from "../collection.ts";
import type { TenantContext } from "../context.ts";
import type { Profile } from "../entities.ts";
import { notFound } from "./errors.ts";
import { checkpoint } from "./paging.ts";
import { patched, withoutNulls } from "./patch.ts";
import { created, handlers, noContent, ok, type Query } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const object = z.record(z.string(), z.json());
const name = z.string().min(1);

const connectionFields = {
  organization: object.nullish(),
  connection_name_prefix_template: z.string().nullish(),
  enabled_features: z.array(z.string()).nullish(),
  connection_config: object.nullish(),
  strategy_overrides: object.nullish(),
};
const attributeFields = { user_id: object.nullish() };

interface Kind {
  readonly prefix: string;
  readonly plural: "connection_profiles" | "user_attribute_profiles";
  readonly creation: z.ZodType<object>;
  readonly change: z.ZodType<object>;
  /** The profile with what is always there. */
  complete(profile: Profile): Profile;
}

const connectionProfiles: Kind = {
  prefix: "cop",
  plural: "connection_profiles",
  creation: strict({ name: name.max(50), ...connectionFields }),
  change: strict({ name: name.max(50).optional(), ...connectionFields }),
  complete: (profile) => ({ connection_config: null, strategy_overrides: null, ...profile }),
};

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const USER_ID = {
  oidc_mapping: "sub",
  saml_mapping: [`${CLAIMS}/nameidentifier`, `${CLAIMS}/upn`, `${CLAIMS}/name`],
  scim_mapping: "externalId",
};

const userAttributeProfiles: Kind = {
  prefix: "uap",
  plural: "user_attribute_profiles",
  creation: strict({ name: name.max(128), user_attributes: object, ...attributeFields }),
  change: strict({ name: name.max(128).optional(), user_attributes: object.optional(), ...attributeFields }),
  complete: (profile) => ({
    ...profile,
    user_id: { ...USER_ID, ...(profile.user_id as object | undefined) },
  }),
};

const collectionOf = ({ store }: TenantContext, { plural }: Kind): Collection<Profile, "id", never> =>
  store[plural];

function list(context: TenantContext, kind: Kind, query: Query) {
  return ok(
    checkpoint(query, kind.plural, (take, after) => collectionOf(context, kind).stretch({}, take, after)),
  );
}

function create(context: TenantContext, kind: Kind, body: unknown) {
  const id = `${kind.prefix}_${context.ids.alphanumeric(22)}`;
  // The schema of each kind asks for a name.
  const profile = { id, ...withoutNulls(parseBody(kind.creation, body)) } as Profile;
  return created(collectionOf(context, kind).insert(kind.complete(profile)));
}

function find(context: TenantContext, kind: Kind, id: string): Profile {
  const profile = collectionOf(context, kind).get(id);
  if (!profile) throw notFound("The profile does not exist.");
  return profile;
}

function update(context: TenantContext, kind: Kind, id: string, body: unknown) {
  const fields = parseBody(kind.change, body);
  const next = kind.complete(patched(find(context, kind, id), fields));
  return ok(collectionOf(context, kind).replace(next));
}

function remove(context: TenantContext, kind: Kind, id: string) {
  collectionOf(context, kind).delete(id);
  return noContent;
}

export const profiles = handlers({
  listConnectionProfiles: ({ query }, context) => list(context, connectionProfiles, query),
  createConnectionProfile: ({ body }, context) => create(context, connectionProfiles, body),
  getConnectionProfile: ({ path }, context) => ok(find(context, connectionProfiles, path.id)),
  updateConnectionProfile: ({ path, body }, context) => update(context, connectionProfiles, path.id, body),
  deleteConnectionProfile: ({ path }, context) => remove(context, connectionProfiles, path.id),

  listUserAttributeProfiles: ({ query }, context) => list(context, userAttributeProfiles, query),
  createUserAttributeProfile: ({ body }, context) => create(context, userAttributeProfiles, body),
  getUserAttributeProfile: ({ path }, context) => ok(find(context, userAttributeProfiles, path.id)),
  updateUserAttributeProfile: ({ path, body }, context) =>
    update(context, userAttributeProfiles, path.id, body),
  deleteUserAttributeProfile: ({ path }, context) => remove(context, userAttributeProfiles, path.id),
});
