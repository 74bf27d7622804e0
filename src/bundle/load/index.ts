import type { Checked } from "../../model/diagnostic.ts";
import type { Flows } from "../../model/flows.ts";
import { findPolicies } from "./definitions.ts";
import { evaluate } from "./evaluate.ts";
import { readModules } from "./modules.ts";
import { flowPlaces } from "./places.ts";
import { readFlows } from "./steps.ts";

const entry = "hooks/flows.ts";

/**
 * The flows of the checkout at `root`, from hooks/flows.ts and the policies it imports; both are run to find out. Synchronous.
 * Everything wrong is a diagnostic at its place: files that cannot be read, parsed or run, policies in flows they do not
 * support, settings and operations that do not exist. That roles and stage values exist is for `resolve` to check.
 */
export function loadFlows(root: string): Checked<Flows> {
  const none: Flows = { flows: [] };
  const { value: modules, diagnostics: unread } = readModules(root, entry);
  const main = modules.find(({ file }) => file === entry);
  if (!main || unread.length > 0) return { value: none, diagnostics: unread };

  const { value: exports, diagnostics: unloaded } = evaluate(root, modules);
  const { value: files, diagnostics: unfit } = findPolicies(modules, exports);
  const before = [...unloaded, ...unfit];
  const loaded = exports.get(entry);
  if (!loaded || before.length > 0) return { value: none, diagnostics: before };
  return readFlows(loaded.default, files, flowPlaces(entry, main.program));
}
