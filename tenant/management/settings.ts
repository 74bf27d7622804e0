import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";

/** What is stored at this path below `/api/v2`, or undefined before it was first written. */
export const readSettings = ({ store }: TenantContext, path: string): JsonObject | undefined =>
  store.settings.get(path)?.value;

/** Stores the value in the place of what is at this path, and returns it. */
export function writeSettings({ store }: TenantContext, path: string, value: JsonObject): JsonObject {
  const entry = { path, value };
  if (store.settings.get(path)) store.settings.replace(entry);
  else store.settings.insert(entry);
  return value;
}
