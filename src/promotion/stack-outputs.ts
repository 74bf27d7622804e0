import { z } from "zod";
import { readFlowsLock } from "../lock/index.ts";
import type { Release } from "../model/release.ts";
import { unpackRelease } from "../plan/index.ts";

/** Names of the outputs that are read of another stack. */
export const releaseOutputs = ["fingerprint", "release"] as const;

/** What a stack has completed, or why its outputs do not tell. */
export type Completed =
  | { readonly kind: "release"; readonly fingerprint: string; readonly release: Release }
  | { readonly kind: "nothing" | "other-format" | "damaged" };

const outputs = z.object({ fingerprint: z.string().nullish(), release: z.string().nullish() });

/** Reads the outputs as the engine has them. Damaged are those that contradict each other. */
export function completedIn(read: unknown): Completed {
  const { data, success } = outputs.safeParse(read);
  if (!success) return { kind: "damaged" };
  const { fingerprint, release } = data;
  if (fingerprint == null) return { kind: release == null ? "nothing" : "damaged" };
  if (release == null) return { kind: "other-format" };
  const unpacked = unpackRelease(release, fingerprint);
  if (unpacked.kind !== "release") return unpacked;
  const isReadable =
    readFlowsLock({ path: "hooks/flows.lock", text: unpacked.release.flows }).flows !== undefined;
  return isReadable ? { ...unpacked, fingerprint } : { kind: "other-format" };
}
