import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspectBundles } from "../../bundle/index.ts";
import { bundleParts, bundleTable, fileOf } from "../bundle-report.ts";
import { checkoutAt } from "../checkout.ts";
import { readOptions } from "../options.ts";
import { soundEstate } from "../sound-estate.ts";

/**
 * Writes what Auth0 would be given into a folder, `out/` unless `--out` names another, to look at: the code of each flow in
 * each lane, a source map beside it, and a report, of which the table is printed. Bundles that were there before are gone.
 */
export async function bundle(args: readonly string[]): Promise<number> {
  const options = readOptions(args, { out: { type: "string" }, root: { type: "string" } });
  const root = checkoutAt(options.root);
  const out = options.out ?? join(root, "out");
  const { flows, model, bundles } = soundEstate(options.root);
  const inspected = inspectBundles(root, flows, model, bundles);
  rmSync(join(out, "bundles"), { recursive: true, force: true });
  mkdirSync(join(out, "bundles"), { recursive: true });
  for (const each of inspected) {
    const file = join(out, "bundles", fileOf(each));
    writeFileSync(file, each.bundle.code);
    writeFileSync(`${file}.map`, each.sourceMap);
  }
  const table = bundleTable(inspected);
  writeFileSync(join(out, "report.txt"), `${table}${bundleParts(inspected, flows)}`);
  const name = options.out ?? "out";
  process.stdout.write(`${table}\n${name}/bundles/ has the code, ${name}/report.txt what takes the room.\n`);
  return 0;
}
