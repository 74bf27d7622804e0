import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Release, releaseFormat } from "../model/release.ts";

/** SHA-256 of a release, lower-case hex. Two stacks with one fingerprint differ by their stage values alone. */
export function fingerprint(release: Release): string {
  return hash(JSON.stringify(release));
}

/** A release as a short text, for a stack output: the engine shows those in full. */
export function packRelease(release: Release): string {
  return deflateRawSync(JSON.stringify(release)).toString("base64");
}

/** The release in a text of `packRelease`. Damaged is one that has not the fingerprint which is said to be its own. */
export function unpackRelease(packed: string, expected: string): Unpacked {
  const json = inflate(packed);
  if (json === undefined || hash(json) !== expected) return { kind: "damaged" };
  // as: the fingerprint is that of a text which a program like this one has written; all of them say their format
  const release = JSON.parse(json) as Release;
  return release.format === releaseFormat ? { kind: "release", release } : { kind: "other-format" };
}

export type Unpacked =
  | { readonly kind: "release"; readonly release: Release }
  | { readonly kind: "other-format" | "damaged" };

/** Bytes; more than any estate comes to: what somebody puts into a state by hand must not fill the memory. */
const maxOutputLength = 1 << 28;

function inflate(packed: string): string | undefined {
  try {
    return inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength }).toString();
  } catch {
    return undefined;
  }
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
