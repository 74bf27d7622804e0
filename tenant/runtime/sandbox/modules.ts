import type { Agent as HttpAgent } from "node:http";
import { createRequire } from "node:module";
import stream from "node:stream";
import type { inspect } from "node:util";
import { harden } from "./harden.ts";

const load = createRequire(import.meta.url);

// The module is a class that policies get as it is; this one function of it counts for the whole process.
Reflect.deleteProperty(stream, "setDefaultHighWaterMark");

type Exports = Record<string, unknown>;

/**
 * Node's own modules that a policy may load, and of each what it may have of it: everything, or the exports named. Left out
 * is what reaches the disk, other processes or this process, and what is set for the whole process.
 */
const allowed: Readonly<Record<string, "all" | readonly string[]>> = {
  assert: "all",
  "assert/strict": "all",
  async_hooks: ["AsyncLocalStorage", "AsyncResource"],
  buffer: "all",
  constants: "all",
  crypto: "all",
  dns: ["lookup", "promises", "ADDRCONFIG", "ALL", "V4MAPPED", "NODATA", "NOTFOUND", "REFUSED", "TIMEOUT"],
  "dns/promises": ["lookup"],
  events: "all",
  http: "all",
  http2: "all",
  https: "all",
  net: "all",
  os: ["EOL", "arch", "constants", "endianness", "platform", "type"],
  path: "all",
  "path/posix": "all",
  punycode: "all",
  querystring: "all",
  stream: "all",
  "stream/consumers": "all",
  "stream/promises": "all",
  "stream/web": "all",
  string_decoder: "all",
  tls: "all",
  url: "all",
  util: "all",
  "util/types": "all",
  zlib: "all",
};

/** Modules that packages load when they start, though Auth0's policies get nowhere with them: using them throws. */
const closed: ReadonlySet<string> = new Set([
  "child_process",
  "cluster",
  "diagnostics_channel",
  "fs",
  "fs/promises",
  "inspector",
  "module",
  "readline",
  "tty",
  "v8",
  "vm",
  "worker_threads",
]);

/** What is set for the whole process: no execution may. */
const setsProcess = /^(set(?!Timeout$|Interval$|Immediate$)[A-Z]|_)/;

/** The modules that come from the execution itself. */
export type OwnModules = Readonly<Record<string, unknown>>;

/** Finds Node's own module of that name, or undefined. */
export type LoadBuiltin = (name: string) => unknown;

/**
 * Node's own modules for one execution: copies, whose exports it may replace for itself, of objects that it cannot change.
 * `own` are modules that stand in the place of Node's.
 */
export function createBuiltins(own: OwnModules): LoadBuiltin {
  const copies = new Map<string, unknown>();
  return (name) => {
    const bare = name.replace(/^node:/, "");
    if (Object.hasOwn(own, bare)) return own[bare];
    const known = copies.get(bare);
    if (known !== undefined) return known;
    const copy = copyOf(bare);
    if (copy !== undefined) copies.set(bare, copy);
    return copy;
  };
}

/** A module for packages only: it loads, and throws when it is used. */
export function closedModule(name: string): unknown {
  const bare = name.replace(/^node:/, "");
  return closed.has(bare) ? stub(bare) : undefined;
}

function copyOf(name: string): unknown {
  const parts = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (parts === undefined) return undefined;
  const real = load(`node:${name}`) as Exports;
  if (name === "http" || name === "https") real.globalAgent = createAgent(real);
  forgetSettings(name, real);
  for (const value of Object.values(real)) harden(value);
  if (typeof real === "function") {
    harden(real);
    return real;
  }
  const copy = pick(real, parts);
  return name === "dns" ? { ...copy, promises: copyOf("dns/promises") } : copy;
}

/** Undoes and keeps off what of a module counts for the whole process and is set by other ways than an export of its own. */
function forgetSettings(name: string, real: Exports): void {
  if (name === "events") real.captureRejections = false;
  else if (name === "util") Object.freeze((real.inspect as typeof inspect).defaultOptions);
}

/** Connections are kept open within one execution only; the agent could be listened to by the next. */
function createAgent({ Agent }: Exports): unknown {
  return new (Agent as typeof HttpAgent)({ keepAlive: true, scheduling: "lifo", timeout: 5000 });
}

function pick(real: Exports, names: readonly string[] | "all"): Exports {
  const copy: Exports = {};
  for (const name of names === "all" ? Object.keys(real) : names)
    if (!setsProcess.test(name)) copy[name] = real[name];
  return copy;
}

/** Loads, as packages want it to at their start; whatever is then called throws, but for what asks about a terminal. */
function stub(path: string): unknown {
  const refuse = () => {
    throw Object.assign(new Error(`${path} is not available in the sandbox`), { code: "ERR_ACCESS_DENIED" });
  };
  return new Proxy(refuse, {
    get(_target, key) {
      if (key === "prototype") return refuse.prototype as object;
      if (typeof key === "symbol" || key === "then") return undefined;
      if (key === "isatty" || key === "hasSubscribers") return () => false;
      return stub(`${path}.${key}`);
    },
    set: () => true,
  });
}
