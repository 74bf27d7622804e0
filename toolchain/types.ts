// The words of the toolchain: what it is, how it can fail, what is said meanwhile.

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A Pulumi engine that can run Node.js programs and manage Auth0. */
export interface Toolchain {
  /** `path`: an installed Pulumi; `vendor`: downloaded by Pulumi's installer; `built`: from Go modules. */
  readonly source: "path" | "vendor" | "built";
  /** Absolute path of the command line. */
  readonly pulumi: string;
  /** Of the command line, without "v". */
  readonly version: string;
  /** Who built the Auth0 plugin: `vendor` is fetched by the engine, `built` is ours around Auth0's Terraform provider. */
  readonly plugin: "vendor" | "built";
  /** Directories to put first on PATH, in this order. */
  readonly pathEntries: readonly string[];
  /** The user's cache directory of Rolebook. */
  readonly cacheDirectory: string;
  /** Reasons for the choice, one line each, in the order in which they were found. */
  readonly why: readonly string[];
}

/** Why there is no toolchain, with the way out. */
export interface ToolchainFailure {
  readonly source: "none";
  readonly reason: FailureReason;
  /** One or more lines, without the way out. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
  readonly why: readonly string[];
}

/** `missing`: not there yet (only looking); `no-way`: neither download nor build is possible; the others say it. */
export type FailureReason = "missing" | "no-way" | "build-failed" | "cache-unwritable" | "cancelled";

/** Something that takes time: it starts once, then goes on about once a second, and finishes or fails. */
export interface ToolchainEvent {
  readonly state: "started" | "going" | "finished" | "failed";
  /** What is being done, such as "compiling Pulumi 3.258.0". */
  readonly activity: string;
  /** Since the start of the activity. */
  readonly seconds: number;
  /** How far it is, where that is known; the total is not known of downloads. */
  readonly progress?: { readonly done: number; readonly total?: number; readonly unit: string };
}

/** Receives the events; printing is the caller's. */
export type Report = (event: ToolchainEvent) => void;

/** Ends an attempt to get a toolchain; becomes a `ToolchainFailure` at the public face. */
export class Refusal extends Error {
  readonly reason: FailureReason;
  readonly help: string;

  constructor(reason: FailureReason, message: string, help: string) {
    super(message);
    this.reason = reason;
    this.help = help;
  }
}
