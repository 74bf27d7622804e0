import { isObject } from "./json.ts";

/**
 * The entity after a PATCH: what the change leaves out stays, null removes a field, anything else takes its place.
 * The objects named in `merged` are merged by the same rules instead of being replaced; one that loses all its keys
 * stays as `{}`.
 */
export function patched<Entity extends object>(
  entity: Entity,
  change: object,
  merged: readonly string[] = [],
): Entity {
  const result: Record<string, unknown> = Object.fromEntries(Object.entries(entity));
  for (const [key, value] of Object.entries(change)) {
    const old = result[key];
    if (value === null) delete result[key];
    else if (merged.includes(key) && isObject(value) && isObject(old)) result[key] = patched(old, value);
    else result[key] = isObject(value) && merged.includes(key) ? withoutNulls(value) : value;
  }
  return result as Entity; // schemas let no change remove or retype a field that the entity needs
}

/** An object as it is stored when it is made: a field that is null is as good as not sent. */
export function withoutNulls<Entity extends object>(
  entity: Entity,
): { [K in keyof Entity]: NonNullable<Entity[K]> } {
  return Object.fromEntries(Object.entries(entity).filter(([, value]) => value !== null)) as {
    [K in keyof Entity]: NonNullable<Entity[K]>;
  }; // exactly the entries that are left
}
