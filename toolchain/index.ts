// The public face: get a toolchain, look for one, run it, show progress.
export { type EnsureOptions, ensureToolchain, type FindOptions, findToolchain } from "./ensure.ts";
export type { OnLine } from "./process.ts";
export { type Progress, writeProgress } from "./report.ts";
export { type PulumiRun, type RunOptions, runPulumi } from "./run.ts";
export type {
  Environment,
  FailureReason,
  Report,
  Toolchain,
  ToolchainEvent,
  ToolchainFailure,
} from "./types.ts";
