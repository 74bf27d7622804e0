import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import type { ActionEffect } from "../runtime/index.ts";
import { mergeMetadata } from "../users.ts";

/** The changes of metadata that actions asked for: per key the last one; null removes a key. */
export function metadataChanges(effects: readonly ActionEffect[]): {
  readonly app_metadata: JsonObject;
  readonly user_metadata: JsonObject;
} {
  const collect = (type: "user.setAppMetadata" | "user.setUserMetadata"): JsonObject =>
    Object.fromEntries(
      effects.flatMap((effect) => (effect.type === type ? [[effect.name, effect.value]] : [])),
    );
  return { app_metadata: collect("user.setAppMetadata"), user_metadata: collect("user.setUserMetadata") };
}

/** Stores the metadata that actions set, in one write, on the user as he is now. */
export function applyMetadata(
  { store, clock }: TenantContext,
  userId: string,
  effects: readonly ActionEffect[],
): void {
  const changes = metadataChanges(effects);
  const changed = (["app_metadata", "user_metadata"] as const).filter(
    (field) => Object.keys(changes[field]).length > 0,
  );
  if (changed.length === 0) return;
  store.transaction(() => {
    const user = store.users.get(userId);
    if (!user) return;
    const metadata = changed.map((field) => [field, mergeMetadata(user[field], changes[field])]);
    store.users.replace({ ...user, ...Object.fromEntries(metadata), updated_at: clock.iso() });
  });
}
