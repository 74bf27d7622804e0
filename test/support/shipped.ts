import { join } from "node:path";
import { readSources } from "../../src/compile/index.ts";
import type { SourceFile } from "../../src/model/source.ts";

/** The root of the checkout. */
export const root = join(import.meta.dirname, "../..");

/** The files of the example estate, without the policies. */
export function shippedSources(): readonly SourceFile[] {
  return readSources(root).value.filter(({ path }) => path.endsWith(".yaml"));
}
