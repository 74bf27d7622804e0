// What is promoted from stage to stage: everything that is the same in all of them, with `${…}` unfilled.
import type { AccessModel } from "./access-model.ts";
import type { Bundle } from "./bundles.ts";
import type { Flow, FlowStep } from "./flows.ts";

/** Of the shape below. A program reads releases of its own format only. */
export const releaseFormat = 1;

/** A setting without the place of its value. */
export type ReleasedSetting = Omit<FlowStep["settings"][number], "at">;

/** A policy at its place in a flow, wherever it is written. */
export interface ReleasedStep extends Omit<FlowStep, "at" | "file" | "settings"> {
  readonly settings: readonly ReleasedSetting[];
}

export interface ReleasedFlow extends Omit<Flow, "steps"> {
  readonly steps: readonly ReleasedStep[];
}

/** Who may do what, which policies run with which settings, and the code by its hash: data, nothing secret. */
export interface Release {
  readonly format: typeof releaseFormat;
  readonly model: AccessModel;
  readonly flows: readonly ReleasedFlow[];
  /** The bundles of all lanes, whatever a stage runs. */
  readonly bundles: readonly Omit<Bundle, "code">[];
}
