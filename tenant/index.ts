import { Hono } from "hono";
import { announce } from "./announcement.ts";
import { authenticationRoutes } from "./authentication/index.ts";
import { createBackground } from "./background.ts";
import { type Call, createCallLog } from "./call-log.ts";
import { tlsMaterial } from "./certificate.ts";
import { type Clock, createClock } from "./clock.ts";
import type { TenantContext } from "./context.ts";
import type { LogEntry } from "./entities.ts";
import { type Deployer, prepareTenant, resetTenant } from "./first-start.ts";
import { createIds, seededSource } from "./ids.ts";
import { openSigningKeys } from "./keys.ts";
import { createTenantLog } from "./log.ts";
import { managementRoutes } from "./management/router.ts";
import { managementScopes } from "./management/scopes.ts";
import { createRuntime } from "./runtime/index.ts";
import { listenOnLoopback } from "./server.ts";
import { openStore, type Store, type StoreDump } from "./store.ts";

export { TenantError } from "./errors.ts";
export type { Call, Deployer, LogEntry, StoreDump };

export interface TenantOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where the state is kept; without it, in memory until `close`. */
  readonly stateDir?: string;
  /** Makes ids and secrets repeat: the same seed and the same requests give the same ids. */
  readonly seed?: string;
  /** The machine's clock if left out. */
  readonly clock?: Clock;
  /** False for tests that only use `fetch`: no port is opened, and policies cannot call the tenant. */
  readonly listen?: boolean;
  /** Milliseconds between a registration and the policies that run after it: 0 unless given. */
  readonly backgroundDelay?: number;
  /** Stands before everything, to watch, hold, fail or lose requests; only what it hands on is in the call log. */
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
  readonly clock: Clock;
  /** Answers a request in this process, without a port; a path is below `url`. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** A token of the deployer's for the Management API, with these scopes only, or with all. */
  managementToken(scopes?: readonly string[]): Promise<string>;
  /** Every request that was answered, oldest first. */
  calls(): readonly Call[];
  /** The tenant's log, oldest first. */
  logs(): readonly LogEntry[];
  /** Settles when nothing goes on any more behind the answers that were given. */
  settled(): Promise<void>;
  /** Forgets everything but keys, certificate and deployer, as if the tenant were new. */
  reset(): void;
  /** All that is stored. */
  snapshot(): StoreDump;
  /** Puts a snapshot in the place of all that is stored; what policies have cached is dropped. */
  restore(snapshot: StoreDump): void;
  /** Ends connections, executions and everything else at once. */
  close(): Promise<void>;
}

/**
 * Starts a tenant. Throws a `TenantError` whose message says the way out: the port is taken or forbidden, the state
 * directory is not writable, in use, damaged, of a newer tenant or of another program.
 */
export async function createTenant(options: TenantOptions = {}): Promise<Tenant> {
  const store = openStore(options.stateDir);
  const endings: (() => void | Promise<void>)[] = [() => store.close()];
  const endAll = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return await start(options, store, endings, endAll);
  } catch (error) {
    await endAll();
    throw error;
  }
}

async function start(
  options: TenantOptions,
  store: Store,
  endings: (() => void | Promise<void>)[],
  endAll: () => Promise<void>,
): Promise<Tenant> {
  const clock = options.clock ?? createClock();
  const ids = createIds(options.seed === undefined ? undefined : seededSource(nextSeed(store, options.seed)));
  const tls = await tlsMaterial(store);
  const runtime = createRuntime({ certificates: () => [tls.ca], now: () => clock.now() });
  const background = createBackground(options.backgroundDelay);
  const underWay = new Set<Promise<Response>>();
  const app = new Hono();
  const { front = (request, tenant) => tenant(request) } = options;
  const fetch = (request: Request): Promise<Response> => {
    const answer = (async () => front(request, async (each) => app.fetch(each)))();
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
  };

  endings.push(async () => void (await Promise.allSettled(underWay)));
  endings.push(() => background.close());
  endings.push(() => runtime.close());
  const { port = 0, listen = true } = options;
  const server = listen ? await listenOnLoopback(port, tls, fetch) : undefined;
  if (server) endings.push(() => server.close());

  const domain = `localhost:${server?.port ?? port}`;
  const url = `https://${domain}`;
  const calls = createCallLog(undefined, options.onCall);
  const context: TenantContext = {
    domain,
    issuer: `${url}/`,
    managementAudience: `${url}/api/v2/`,
    store,
    clock,
    ids,
    keys: openSigningKeys(store, clock, ids),
    calls,
    log: createTenantLog(store, clock, ids, options.onLog),
    runtime,
    background,
  };
  const deployer = prepareTenant(context);
  app.route("/", managementRoutes(context));
  app.route("/", authenticationRoutes(context));
  const announcement = announce(options.stateDir, tls.ca, { url, domain, deployer });
  endings.push(() => announcement.withdraw());

  return {
    url,
    domain,
    ca: {
      pem: tls.ca,
      get path() {
        return announcement.caPath();
      },
    },
    deployer,
    clock,
    fetch: (input, init) => fetch(input instanceof Request ? input : new Request(new URL(input, url), init)),
    managementToken: (scopes = managementScopes.map(({ value }) => value)) =>
      context.keys.sign({
        iss: context.issuer,
        sub: `${deployer.clientId}@clients`,
        aud: context.managementAudience,
        iat: clock.seconds(),
        exp: clock.seconds() + 86_400,
        scope: scopes.join(" "),
        gty: "client-credentials",
        azp: deployer.clientId,
      }),
    calls: () => calls.all(),
    logs: () => store.logs.find(),
    settled: () => background.settled(),
    reset: () => {
      resetTenant(context);
      runtime.forget();
      calls.clear();
    },
    snapshot: () => store.dump(),
    restore: (snapshot) => {
      store.load(snapshot);
      runtime.forget();
    },
    close: endAll,
  };
}

/** A kept state has ids of its earlier starts in it, which must not be made again. */
function nextSeed(store: Store, seed: string): string {
  const starts = Number(store.recall("starts") ?? 0) + 1;
  store.remember("starts", starts);
  return `${seed} ${starts}`;
}
