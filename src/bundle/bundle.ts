import { createHash } from "node:crypto";
import { type BuildFailure, type BuildOptions, buildSync, type Message } from "esbuild";
import type { AccessModel } from "../model/access-model.ts";
import type { Bundle, Bundles } from "../model/bundles.ts";
import type { Checked, Diagnostic, Severity } from "../model/diagnostic.ts";
import type { Flow, Flows } from "../model/flows.ts";
import { type Span, startOf } from "../model/source.ts";
import { buildOptions, dependenciesOf } from "./build-options.ts";
import { lanesOf } from "./lanes/index.ts";
import type { LaneForm } from "./lanes/lane.ts";
import { packageFaults } from "./safety/package-code.ts";
import { valuesOf } from "./values.ts";

/** Bytes. Auth0 refuses actions above it, and asks that all rules together stay below it. */
export const maxSize = 100_000;
const warnSize = 0.8 * maxSize;

/**
 * The code of every flow in all its lanes, the same bytes wherever the checkout is. Takes flows that `loadFlows` and a
 * model that `resolve` had no errors about. Code that cannot be built is diagnostic `bundle-failed`, code that Auth0
 * would not take `bundle-too-large` or `limit-exceeded`. Bundles that are watched are for looking at what happens.
 */
export function bundle(
  root: string,
  flows: Flows,
  model: AccessModel,
  { isWatched = false } = {},
): Checked<Bundles> {
  const bundles: Bundle[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const flow of flows.flows) {
    for (const form of lanesOf(flow.name)) {
      const built = build(root, flow, form, model, isWatched);
      if (built.value) bundles.push(built.value);
      diagnostics.push(...built.diagnostics);
    }
  }
  return { value: bundles, diagnostics };
}

function build(
  root: string,
  flow: Flow,
  form: LaneForm,
  model: AccessModel,
  isWatched: boolean,
): Checked<Bundle | undefined> {
  const { steps } = flow;
  const dependencies = dependenciesOf(steps);
  const options = buildOptions(root, flow, form, model, isWatched);
  const { code, inputs, failures } = compile(options);
  if (code === undefined) return { value: undefined, diagnostics: failures };

  const values = valuesOf(flow, model);
  const what = `the ${form.lane} of flow "${flow.name}"`;
  // All lanes have the same packages in them.
  const diagnostics = form.lane === "action" ? [...packageFaults(root, options, inputs)] : [];
  const report = (diagnosticCode: Diagnostic["code"], message: string, severity: Severity = "error") =>
    diagnostics.push({
      code: diagnosticCode,
      severity,
      message,
      at: steps[0]?.at ?? startOf("hooks/flows.ts"),
    });
  const fault = form.fault(code);
  if (fault) report("bundle-failed", `${what} is not what Auth0 calls: ${fault}`);
  const size = Buffer.byteLength(code);
  if (size > maxSize) report("bundle-too-large", `${what} has ${size} bytes; Auth0 takes ${maxSize}`);
  else if (size > warnSize)
    report("bundle-large", `${what} has ${size} bytes, of ${maxSize} that Auth0 takes`, "warning");
  if (values.length > form.maxValues) {
    report(
      "limit-exceeded",
      `${what} needs ${values.length} stage values, secrets and role ids; Auth0 keeps ${form.maxValues}`,
    );
  }
  const shared = values.find(({ key }, index) => key === values[index + 1]?.key);
  if (shared)
    report("duplicate-name", `${what} reads two values of different names by the key "${shared.key}"`);
  const hash = createHash("sha256").update(code).digest("hex");
  const externalActions = form.lane === "action" ? flow.externalActions : { before: [], after: [] };
  const built = { flow: flow.name, lane: form.lane, code, hash, values, dependencies, externalActions };
  return { value: built, diagnostics };
}

/** The code, and the files of which something is in it. */
function compile(options: BuildOptions): {
  readonly code?: string;
  readonly inputs: readonly string[];
  readonly failures: readonly Diagnostic[];
} {
  try {
    const { outputFiles = [], metafile } = buildSync({ ...options, metafile: true });
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
    const kept = inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : []));
    return { code: outputFiles[0]?.text.trimEnd() ?? "", inputs: kept, failures: [] };
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>; // what esbuild throws for code; anything else is no finding
    if (!errors) throw error;
    return { inputs: [], failures: errors.map(failureOf) };
  }
}

function failureOf({ text, location }: Message): Diagnostic {
  return {
    code: "bundle-failed",
    severity: "error",
    message: text,
    at: location ? spanOf(location) : startOf("hooks/flows.ts"),
  };
}

/** esbuild counts columns from 0 and in bytes. */
function spanOf({ file, line, column, length, lineText }: NonNullable<Message["location"]>): Span {
  const bytes = Buffer.from(lineText);
  const columnAt = (offset: number) => bytes.subarray(0, offset).toString().length + 1;
  return {
    file,
    start: { line, column: columnAt(column) },
    end: { line, column: columnAt(column + length) },
  };
}
