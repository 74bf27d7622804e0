// What a checkout or a commit is in every stage alike.
import { policySources } from "./bundle/index.ts";
import type { Estate } from "./estate.ts";
import { recordFlows, renderFlowsLock } from "./lock/index.ts";
import { type Release, releaseFormat } from "./model/release.ts";
import type { RecordedEstate } from "./recorded-estate.ts";

/** The release of a checkout without errors: what it declares, and what its policies come to. */
export function releaseOf({ model, flows, bundles, sources }: Estate): Release {
  const recorded = recordFlows(flows, bundles, policySources(sources, flows));
  return { format: releaseFormat, model, flows: renderFlowsLock(recorded) };
}

/** The release of a commit: nothing of it is run, so that what runs is what its lock says. */
export function recordedRelease({ model, flows }: RecordedEstate): Release {
  return { format: releaseFormat, model, flows: renderFlowsLock(flows) };
}
