import type { Bundles } from "../model/bundles.ts";
import type { Stage } from "../model/plan.ts";
import type { Release } from "../model/release.ts";
import { type AccessOutline, fingerprint, outline, packRelease } from "../plan/index.ts";

/** What a stack says of itself when it has completed a release, as its outputs; nothing in it is secret. */
export interface Announcement {
  readonly fingerprint: string;
  /** For people. */
  readonly accessModel: AccessOutline;
  /** By flow and lane. */
  readonly bundleHashes: Readonly<Record<string, string>>;
  /** The plain values of the stack's configuration, by their names. */
  readonly stageValues: Readonly<Record<string, string>>;
  /** For programs: all of it, packed. */
  readonly release: string;
}

/** The announcement of a release in a stage. */
export function announcementOf(
  release: Release,
  bundles: Bundles,
  { tenantDomain, values }: Stage,
): Announcement {
  return {
    fingerprint: fingerprint(release),
    accessModel: outline(release.model),
    bundleHashes: Object.fromEntries(bundles.map(({ flow, lane, hash }) => [`${flow} ${lane}`, hash])),
    stageValues: Object.fromEntries([["auth0:domain", tenantDomain], ...[...values].sort()]),
    release: packRelease(release),
  };
}
