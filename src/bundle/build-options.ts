import type { BuildOptions } from "esbuild";
import type { AccessModel } from "../model/access-model.ts";
import { compareText } from "../model/diagnostic.ts";
import type { Dependency, Flow, FlowStep } from "../model/flows.ts";
import { entryOf } from "./entry.ts";
import type { LaneForm } from "./lanes/lane.ts";

/** What the policies of a flow declare, each package once: loading has checked that they agree on versions. */
export function dependenciesOf(steps: readonly FlowStep[]): readonly Dependency[] {
  const byName = new Map(steps.flatMap(({ dependencies }) => dependencies.map((each) => [each.name, each])));
  return [...byName.values()].sort((a, b) => compareText(a.name, b.name));
}

/** How esbuild makes the code of a flow in a lane: the same bytes wherever the checkout is. */
export function buildOptions(
  root: string,
  { steps }: Flow,
  form: LaneForm,
  model: AccessModel,
  isWatched: boolean,
): BuildOptions {
  const { lane, banner, footer } = form;
  const dependencies = dependenciesOf(steps);
  return {
    stdin: { contents: entryOf(steps, form, model, isWatched), loader: "ts", resolveDir: root },
    absWorkingDir: root, // paths in errors and comments do not depend on where one stands
    tsconfigRaw: "{}",
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node18",
    minify: true,
    external: dependencies.map(({ name }) => name),
    // Rules have no list of dependencies: what they require says the version.
    ...(lane === "rule" && versioned(dependencies)),
    write: false,
    logLevel: "silent",
    banner: { js: banner },
    footer: { js: footer },
  };
}

function versioned(dependencies: readonly Dependency[]) {
  const names = dependencies.map(({ name, version }) => [name, `${name}@${version}`] as const);
  return { alias: Object.fromEntries(names), external: names.map(([, required]) => required) };
}
