import type { Bundles } from "../model/bundles.ts";
import type { Flows } from "../model/flows.ts";
import type { PolicySource, RecordedFlows } from "../model/recorded-flows.ts";
import { startOf } from "../model/source.ts";

/** What is known of the files that flows are made of. */
interface Sources {
  readonly hashes: ReadonlyMap<string, string>;
  readonly policies: ReadonlyMap<string, PolicySource>;
}

/** All that hooks/flows.lock keeps of flows and the code they come to. */
export function recordFlows(
  { flows }: Flows,
  bundles: Bundles,
  { hashes, policies }: Sources,
): RecordedFlows {
  return {
    flows: flows.map(({ name, steps, externalActions }) => ({
      name,
      externalActions,
      steps: steps.map((step) => ({
        ...step,
        ...(policies.get(step.file) ?? { does: [], imports: [] }),
      })),
      bundles: bundles
        .filter(({ flow }) => flow === name)
        .map(({ lane, code, hash }) => ({ lane, bytes: Buffer.byteLength(code), hash })),
    })),
    sources: [...hashes].map(([file, hash]) => ({ file, hash, at: startOf(file) })),
  };
}
