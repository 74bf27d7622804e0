// Bundles taken apart, for people who look at them: what takes the room, and what line of TypeScript a place in them was.
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { AccessModel } from "../model/access-model.ts";
import type { Bundle, Bundles } from "../model/bundles.ts";
import type { Flows } from "../model/flows.ts";
import { buildOptions } from "./build-options.ts";
import { lanesOf } from "./lanes/index.ts";

/** A bundle with what it is made of. */
export interface InspectedBundle {
  readonly bundle: Bundle;
  /** The files whose code is in it, largest first; the rest of its bytes hold them together and give them their settings. */
  readonly parts: readonly { readonly file: string; readonly bytes: number }[];
  /** Of the bundle's code; JSON, without the texts of the sources, which are in the checkout. */
  readonly sourceMap: string;
}

/** The bundles of a checkout, built without errors before, with what they are made of. */
export function inspectBundles(
  root: string,
  { flows }: Flows,
  model: AccessModel,
  bundles: Bundles,
): readonly InspectedBundle[] {
  return flows.flatMap((flow) =>
    lanesOf(flow.name).flatMap((form): readonly InspectedBundle[] => {
      const bundle = bundles.find(({ flow: name, lane }) => name === flow.name && lane === form.lane);
      if (!bundle) return [];
      const { outputFiles, metafile } = buildSync({
        ...buildOptions(root, flow, form, model, false),
        write: false,
        metafile: true,
        sourcemap: "external",
        sourcesContent: false,
        outfile: join(root, "bundle.js"), // never written; the map's paths are relative to it
      });
      const [map] = outputFiles.filter(({ path }) => path.endsWith(".map"));
      const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
      const parts = inputs
        .flatMap(([file, { bytesInOutput: bytes }]) =>
          bytes > 0 && file !== "<stdin>" ? [{ file, bytes }] : [],
        )
        .sort((a, b) => b.bytes - a.bytes || (a.file < b.file ? -1 : 1));
      return [{ bundle, parts, sourceMap: map?.text ?? "" }];
    }),
  );
}
