import type { Checked } from "../../model/diagnostic.ts";
import type { Flows } from "../../model/flows.ts";
import { secretsIn, unsafeCodeIn } from "./code.ts";
import { findPolicies } from "./definitions.ts";
import { evaluate } from "./evaluate.ts";
import { clashingData } from "./handed-data.ts";
import { otherWaysOut, undeclaredHosts } from "./hosts.ts";
import { readModules } from "./modules.ts";
import { misusedOperations } from "./operations.ts";
import { flowPlaces } from "./places.ts";
import { policyCode } from "./policy-files.ts";
import { readFlows } from "./steps.ts";

const entry = "hooks/flows.ts";

/**
 * The flows of the checkout at `root`, from hooks/flows.ts and the policies it imports; both are run to find out. Synchronous.
 * Everything wrong is a diagnostic at its place: files that cannot be read, parsed or run, code that must not run, policies in
 * flows they do not support, settings, operations, hosts and packages that do not exist or are not declared. That roles and
 * stage values exist is for `resolve` to check.
 */
export function loadFlows(root: string): Checked<Flows> {
  const none: Flows = { flows: [] };
  const { value: modules, diagnostics: unread } = readModules(root, entry);
  const main = modules.find(({ file }) => file === entry);
  if (!main || unread.length > 0) return { value: none, diagnostics: unread };

  // Before anything is run or shown: a line with a secret may be wrong otherwise, too, and unsafe code would run here first.
  const secrets = modules.flatMap(secretsIn);
  if (secrets.length > 0) return { value: none, diagnostics: secrets };
  const unsafe = modules.flatMap(unsafeCodeIn);
  if (unsafe.length > 0) return { value: none, diagnostics: unsafe };

  const { value: exports, diagnostics: unloaded } = evaluate(root, modules);
  const { value: files, diagnostics: unfit } = findPolicies(root, modules, exports);
  const before = [...unloaded, ...unfit];
  const loaded = exports.get(entry);
  if (!loaded || before.length > 0) return { value: none, diagnostics: before };

  const policies = policyCode(files, modules);
  const flows = readFlows(loaded.default, files, flowPlaces(entry, main.program));
  const misuses = [
    ...misusedOperations(policies),
    ...otherWaysOut(policies),
    ...undeclaredHosts(policies, flows.value),
    ...clashingData(policies, flows.value),
  ];
  return { value: flows.value, diagnostics: [...flows.diagnostics, ...misuses] };
}
