import type { Call, UnknownEndpoint } from "./call-log.ts";
import type { Clock } from "./clock.ts";
import type { LogEntry } from "./entities.ts";
import type { Faults } from "./faults.ts";
import type { Deployer } from "./first-start.ts";
import type { ForkOptions } from "./options.ts";
import type { StoreDump } from "./store.ts";

/** A running tenant. */
export interface Tenant {
  /** `https://localhost:PORT`. */
  readonly url: string;
  /** `localhost:PORT`, what Auth0 calls the domain. */
  readonly domain: string;
  /** The authority that signed the tenant's certificate, as PEM, and the path of a file with it. */
  readonly ca: { readonly pem: string; readonly path: string };
  /** A client whose tokens may do everything in the Management API. */
  readonly deployer: Deployer;
  /** The control API, for other processes: where it is, and the bearer token that it asks for. */
  readonly control: { readonly url: string; readonly token: string };
  readonly clock: Clock;
  /** Scripted failures of requests. */
  readonly faults: Faults;
  /** Answers a request in this process, without a port; a path is below `url`. Rejects where a fault leaves it without an answer. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** A token of the deployer's for the Management API, with these scopes only, or with all. */
  managementToken(scopes?: readonly string[]): Promise<string>;
  /** Every request that was answered, oldest first. */
  calls(): readonly Call[];
  /** The endpoints that were asked for and that the tenant does not have. */
  unknownEndpoints(): readonly UnknownEndpoint[];
  /** The tenant's log, oldest first. */
  logs(): readonly LogEntry[];
  /** Settles when nothing goes on any more behind the answers that were given. */
  settled(): Promise<void>;
  /** Forgets everything but keys, certificate and deployer, as if the tenant were new; faults and rate limits too. */
  reset(): void;
  /** All that is stored. */
  snapshot(): StoreDump;
  /** Puts a snapshot, of this tenant or of another, in the place of all that is stored; what policies have cached is dropped. */
  restore(snapshot: StoreDump): void;
  /**
   * Another tenant with the same state, keys, certificate, deployer and time, on a port of its own; ends with this one.
   * Rejects as `createTenant` does.
   */
  fork(options?: ForkOptions): Promise<Tenant>;
  /** Ends connections, executions and everything else at once. */
  close(): Promise<void>;
}
