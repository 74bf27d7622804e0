import type { Call } from "./call-log.ts";
import type { Clock } from "./clock.ts";
import type { LogEntry } from "./entities.ts";
import type { HandedInKey } from "./handed-in-keys.ts";
import type { PlanName } from "./plans.ts";
import type { Network } from "./runtime/index.ts";

export interface TenantOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where the state is kept; without it, in memory until `close`. */
  readonly stateDir?: string;
  /** Makes ids and secrets repeat: the same seed and the same requests give the same ids. */
  readonly seed?: string;
  /** Private RSA keys, so that tokens repeat too: the first signs, the second is the next one. Made if left out. */
  readonly signingKeys?: readonly HandedInKey[];
  /** The machine's clock if left out. */
  readonly clock?: Clock;
  /** Whose rate limits requests are held to; without it there are none. */
  readonly plan?: PlanName;
  /** A token of any form that the Management API takes for one with all scopes. Only its hash is kept. */
  readonly managementToken?: string;
  /** What the control API asks for; a new one at each start if left out. */
  readonly controlToken?: string;
  /** False for tests that only use `fetch`: no port is opened, and policies cannot call the tenant. */
  readonly listen?: boolean;
  /** Milliseconds between a registration and the policies that run after it: 0 unless given. */
  readonly backgroundDelay?: number;
  /**
   * Hosts (`name` or `name:port`) that policies may connect to besides the tenant itself, or `all`; without it, the tenant
   * alone.
   */
  readonly network?: Network;
  /**
   * The user's project, in whose `node_modules` the packages are that policies require: the current folder unless given. If
   * it is given, the build of an action that declares what is not installed there fails.
   */
  readonly root?: string;
  /**
   * Stands before everything but the control API: code that watches requests or answers them, where a fault script
   * (`faults`), which is data, does not reach. Only what it hands on is in the call log.
   */
  readonly front?: Front;
  /** Is told each request once it has been answered. */
  readonly onCall?: (call: Call) => void;
  /** Is told each entry of the tenant's log as it is written. */
  readonly onLog?: (entry: LogEntry) => void;
}

/** Answers a request by itself, or with what the tenant answers to it. */
export type Front = (
  request: Request,
  tenant: (request: Request) => Promise<Response>,
) => Response | Promise<Response>;

/** What a fork may have of its own; all else is as in the tenant that it is made of. */
export type ForkOptions = Pick<TenantOptions, "port" | "stateDir" | "plan">;
