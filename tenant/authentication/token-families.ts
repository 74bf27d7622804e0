import type { TenantContext } from "../context.ts";

/** Ends every token that goes back to one login: refresh tokens, and access tokens that are no JWT. */
export function revokeFamily({ store, clock }: TenantContext, familyId: string): void {
  store.transaction(() => {
    for (const token of store.refresh_tokens.find({ family_id: familyId }))
      store.refresh_tokens.replace({ ...token, revoked_at: clock.now() });
    store.opaque_tokens.deleteWhere({ family_id: familyId });
  });
}
