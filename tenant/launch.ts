import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { announce } from "./announcement.ts";
import { authenticationRoutes } from "./authentication/index.ts";
import { createBackground } from "./background.ts";
import { type Call, createCallLog } from "./call-log.ts";
import { tlsMaterial } from "./certificate.ts";
import { createClock } from "./clock.ts";
import type { TenantContext } from "./context.ts";
import { type Control, createControl, isControl } from "./control/index.ts";
import type { LogEntry } from "./entities.ts";
import { prepareTenant } from "./first-start.ts";
import { createGate, NoAnswer } from "./gate.ts";
import { handInKeys } from "./handed-in-keys.ts";
import { createIds, seededSource } from "./ids.ts";
import { ensureSigningKey, openSigningKeys } from "./keys.ts";
import { createListeners } from "./listeners.ts";
import { createTenantLog } from "./log.ts";
import { managementRoutes } from "./management/router.ts";
import type { TenantOptions } from "./options.ts";
import { continueAs, type Origin, originOf } from "./origin.ts";
import { plans } from "./plans.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createRuntime } from "./runtime/index.ts";
import { secretMatcher } from "./secret-matcher.ts";
import { listenOnLoopback } from "./server.ts";
import { stateOperations } from "./state-operations.ts";
import { openStore, type Store } from "./store.ts";
import type { Tenant } from "./tenant.ts";

type Ending = () => void | Promise<void>;

/** Puts a tenant together and starts it, empty or as a fork of another; takes everything back if that fails. */
export async function launch(options: TenantOptions, origin?: Origin): Promise<Tenant> {
  const store = openStore(options.stateDir);
  const endings: Ending[] = [() => store.close()];
  const endAll = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    if (origin) continueAs(store, origin);
    return await start(options, store, endings, endAll);
  } catch (error) {
    await endAll();
    throw error;
  }
}

async function start(
  options: TenantOptions,
  store: Store,
  endings: Ending[],
  endAll: () => Promise<void>,
): Promise<Tenant> {
  const clock = options.clock ?? createClock();
  const ids = createIds(options.seed === undefined ? undefined : seededSource(nextSeed(store, options.seed)));
  if (options.signingKeys) handInKeys(store, clock, ids, options.signingKeys);
  const [tls] = await Promise.all([tlsMaterial(store), ensureSigningKey(store, clock, ids)]);
  const { network = [], root } = options;
  const runtime = createRuntime({
    certificates: () => [tls.ca],
    network: () => (network === "all" ? network : [domain, ...network]),
    now: () => clock.now(),
    ...(root !== undefined && { root }),
  });
  const background = createBackground(options.backgroundDelay);
  const gate = createGate(store, clock, options.plan && createRateLimits(plans[options.plan], clock));
  const app = new Hono();
  app.onError((error) => {
    throw error; // the routes answer for their own mistakes; what is left ends the connection
  });
  const { front = (request, tenant) => tenant(request) } = options;
  const underWay = new Set<Promise<Response>>();
  // Whoever is quick enough to ask while the tenant is still put together waits until it is.
  const complete = Promise.withResolvers<Control>();
  complete.promise.catch(() => {}); // whoever waits is told
  const fetch = (request: Request): Promise<Response> => {
    if (isControl(request)) return complete.promise.then((control) => control.fetch(request));
    const answer = complete.promise.then(() => front(request, async (each) => app.fetch(each)));
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
  };

  endings.push(async () => void (await Promise.allSettled(underWay)));
  endings.push(() => complete.reject(new NoAnswer())); // nobody, once it is complete
  endings.push(() => gate.faults.clear());
  endings.push(() => background.close());
  endings.push(() => runtime.close());
  const { port = 0, listen = true } = options;
  const server = listen ? await listenOnLoopback(port, tls, fetch) : undefined;
  if (server) endings.push(() => server.close());

  // As clients write it: without the port if it is that of https.
  const { host: domain, origin: url } = new URL(`https://localhost:${server?.port ?? port}`);
  const callListeners = createListeners<Call>(options.onCall);
  const logListeners = createListeners<LogEntry>(options.onLog);
  const context: TenantContext = {
    domain,
    issuer: `${url}/`,
    managementAudience: `${url}/api/v2/`,
    store,
    clock,
    ids,
    keys: openSigningKeys(store, clock, ids),
    calls: createCallLog(undefined, callListeners.tell),
    log: createTenantLog(store, clock, ids, logListeners.tell),
    gate,
    isManagementToken: options.managementToken ? secretMatcher(options.managementToken) : () => false,
    runtime,
    background,
  };
  const deployer = prepareTenant(context);
  app.route("/", managementRoutes(context));
  app.route("/", authenticationRoutes(context));

  const { controlToken = randomBytes(32).toString("base64url") } = options;
  const announced = { url: `${url}/.tenant`, token: controlToken };
  const announcement = announce(options.stateDir, tls.ca, { url, domain, deployer, control: announced });
  endings.push(() => announcement.withdraw());

  let forks = 0;
  const tenant: Tenant = {
    url,
    domain,
    ca: {
      pem: tls.ca,
      get path() {
        return announcement.caPath();
      },
    },
    deployer,
    control: announced,
    clock,
    faults: gate.faults,
    fetch: (input, init) => fetch(input instanceof Request ? input : new Request(new URL(input, url), init)),
    calls: () => context.calls.all(),
    unknownEndpoints: () => context.calls.unknownEndpoints(),
    logs: () => store.logs.find(),
    settled: () => background.settled(),
    ...stateOperations(context, deployer),
    fork: async (own = {}) => {
      forks += 1;
      context.keys.all(); // makes the next key if nobody has asked for it, so that both have the same
      const { stateDir: _, front, onCall, onLog, controlToken, signingKeys, ...shared } = options;
      const fork = await launch(
        {
          ...shared,
          ...(shared.seed !== undefined && { seed: `${shared.seed} fork ${forks}` }),
          clock: createClock(clock),
          port: 0,
          ...own,
        },
        originOf(store),
      );
      endings.push(() => fork.close());
      return fork;
    },
    close: endAll,
  };
  const control = createControl({ tenant, calls: callListeners, logs: logListeners });
  endings.push(() => control.close());
  complete.resolve(control);
  return tenant;
}

/** A kept state has ids of its earlier starts in it, which must not be made again. */
function nextSeed(store: Store, seed: string): string {
  const starts = Number(store.recall("starts") ?? 0) + 1;
  store.remember("starts", starts);
  return `${seed} ${starts}`;
}
