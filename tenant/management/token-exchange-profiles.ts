import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { TokenExchangeProfile } from "../entities.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { checkpoint } from "./paging.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const name = z.string().min(3).max(50);
const subjectTokenType = z.url().min(8).max(100);
const creation = strict({
  name,
  subject_token_type: subjectTokenType,
  action_id: z.string().min(1).max(36),
  type: z.literal("custom_authentication"),
});
const change = strict({ name: name.optional(), subject_token_type: subjectTokenType.optional() });

export const tokenExchangeProfiles = handlers({
  listTokenExchangeProfiles: ({ query }, { store }) =>
    ok(
      checkpoint(query, "token_exchange_profiles", (take, after) =>
        store.token_exchange_profiles.stretch({}, take, after),
      ),
    ),

  createTokenExchangeProfile: ({ body }, context) => {
    const fields = parseBody(creation, body);
    const { store, ids, clock } = context;
    const action = store.actions.get(fields.action_id);
    if (!action?.supported_triggers.some(({ id }) => id === "custom-token-exchange"))
      throw badRequest("The action does not exist or is not of the trigger custom-token-exchange");
    refuseTaken(context, fields.subject_token_type);
    const now = clock.iso();
    return created(
      store.token_exchange_profiles.insert({
        id: ids.prefixed("tep"),
        ...fields,
        created_at: now,
        updated_at: now,
      }),
    );
  },

  getTokenExchangeProfile: ({ path }, context) => ok(find(context, path.id)),

  updateTokenExchangeProfile: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const profile = find(context, path.id);
    if (fields.subject_token_type !== undefined && fields.subject_token_type !== profile.subject_token_type)
      refuseTaken(context, fields.subject_token_type);
    const { store, clock } = context;
    return ok(store.token_exchange_profiles.replace({ ...profile, ...fields, updated_at: clock.iso() }));
  },

  deleteTokenExchangeProfile: ({ path }, { store }) => {
    store.token_exchange_profiles.delete(path.id);
    return noContent;
  },
});

function find({ store }: TenantContext, id: string): TokenExchangeProfile {
  const profile = store.token_exchange_profiles.get(id);
  if (!profile) throw notFound("Token exchange profile not found.");
  return profile;
}

function refuseTaken({ store }: TenantContext, subject_token_type: string): void {
  if (store.token_exchange_profiles.first({ subject_token_type }))
    throw conflict("A token exchange profile with this subject_token_type already exists.");
}
