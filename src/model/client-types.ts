import type { ClientType } from "./declarations.ts";

/** True if clients of the type run where everybody can look into them, and keep no secret. */
export function isPublic(type: ClientType): boolean {
  return type === "spa" || type === "native";
}
