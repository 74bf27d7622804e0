import { createHash } from "node:crypto";
import type { AccessModel } from "../model/access-model.ts";
import type { Bundles } from "../model/bundles.ts";
import type { Flows } from "../model/flows.ts";

/**
 * SHA-256, lower-case hex, of what is the same in every stage: the access model, the policies with their literal settings
 * and the bundles of all lanes, with `${…}` unfilled. Two stacks with one fingerprint give the same access.
 */
export function fingerprint(model: AccessModel, flows: Flows, bundles: Bundles): string {
  const steps = flows.flows.map(({ name, steps }) => ({
    name,
    steps: steps.map(({ policy, settings }) => ({
      policy,
      settings: settings.map(({ name, value }) => ({ name, value })),
    })),
  }));
  const code = bundles.map(({ code: _, ...rest }) => rest);
  return createHash("sha256").update(JSON.stringify({ model, steps, code })).digest("hex");
}
