import { Console } from "node:console";
import { Writable } from "node:stream";
import vm from "node:vm";
import type { ConsoleLine } from "../protocol.ts";
import { harden } from "./harden.ts";
import { createBuiltins, type LoadBuiltin } from "./modules.ts";
import { refusalOf } from "./network.ts";
import { compile } from "./scripts.ts";
import { createTimers } from "./timers.ts";

/** A fresh JavaScript world for one execution: own intrinsics and globals, nothing left of earlier executions. */
export interface Realm {
  readonly globals: Record<string, unknown>;
  /** Gives policies a global that is made when it is first used. */
  define(name: string, read: () => unknown): void;
  /** Node's own module of that name, or undefined. */
  readonly builtin: LoadBuiltin;
  /** Value of the script's last expression. Throws what the script throws, a `SyntaxError` before it runs. */
  evaluate(code: string, filename: string, lineOffset?: number): unknown;
  /** A value of this realm. */
  parse(json: string): unknown;
  /** JSON text; `null` for what JSON cannot say at all. Throws for cycles. */
  stringify(value: unknown): string;
  /** Stops the timers that the execution left behind. */
  end(): void;
}

/** Globals of Node that policies find; read when first used, since some are slow to load. */
const shared = [
  "AbortController",
  "AbortSignal",
  "ArrayBuffer",
  "Blob",
  "Buffer",
  "DOMException",
  "Event",
  "EventTarget",
  "FormData",
  "Headers",
  "ReadableStream",
  "Request",
  "Response",
  "TextDecoder",
  "TextEncoder",
  "TransformStream",
  "URL",
  "URLSearchParams",
  "Uint8Array",
  "WritableStream",
  "atob",
  "btoa",
  "crypto",
  "queueMicrotask",
  "structuredClone",
] as const;

// Errors of Node's own modules and of fetch come from the process's realm; policies test them with `instanceof Error`.
const prelude = `
(() => {
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    value: function (value) { return this === Error ? Error.isError(value) : ordinary.call(this, value); },
  });
  return { parse: JSON.parse, stringify: JSON.stringify };
})()`;
const preludeScript = new vm.Script(prelude, { filename: "prelude" });

harden(Console);
harden(Writable);

/** A new realm; `exit` is what the policy's `process.exit` does, `print` gets its console output line by line. */
export function createRealm(print: (line: ConsoleLine) => void, exit: (code?: number) => void): Realm {
  // With DONT_CONTEXTIFY Node gives back the new realm's global object itself.
  const globals = vm.createContext(vm.constants.DONT_CONTEXTIFY) as Record<string, unknown>;
  const { parse, stringify } = preludeScript.runInContext(globals) as Pick<JSON, "parse" | "stringify">;
  const timers = createTimers();
  const processStub = createProcessStub(exit);
  const console = createConsole(print);
  const { timeOrigin } = performance;
  const clock = { now: () => performance.now(), timeOrigin };

  for (const name of shared)
    defineLazily(globals, name, () => {
      const value: unknown = globalThis[name];
      harden(typeof value === "object" ? Object.getPrototypeOf(value) : value);
      return Object.freeze(value);
    });
  Object.assign(globals, timers.functions, {
    console,
    fetch: guardedFetch,
    global: globals,
    performance: clock,
    process: processStub,
  });

  return {
    globals,
    define: (name, read) => defineLazily(globals, name, read),
    builtin: createBuiltins({
      console,
      perf_hooks: { performance: clock },
      process: processStub,
      timers: { ...timers.functions, promises: timers.promises },
      "timers/promises": timers.promises,
    }),
    evaluate: (code, filename, lineOffset = 0) =>
      compile(code, filename, lineOffset).runInContext(globals) as unknown,
    parse: (json) => parse(json) as unknown,
    stringify: (value) => stringify(value) ?? "null",
    end: timers.end,
  };
}

/** `fetch` that says which host is refused; the socket's own refusal would be the hidden cause of "fetch failed". */
export const guardedFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const { hostname, port, protocol } = new URL(input instanceof Request ? input.url : input);
  const refusal = refusalOf(hostname, Number(port || (protocol === "https:" ? 443 : 80)));
  if (refusal && /^https?:$/.test(protocol)) throw refusal;
  return fetch(input, init);
};
harden(guardedFetch);

function defineLazily(target: object, name: string, read: () => unknown): void {
  const define = (value: unknown) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  Object.defineProperty(target, name, {
    get: () => {
      const value = read();
      define(value);
      return value;
    },
    set: define,
    configurable: true,
    enumerable: false,
  });
}

function createConsole(print: (line: ConsoleLine) => void): Console {
  const stream = (name: ConsoleLine["stream"]) =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        print({ stream: name, text: String(chunk).replace(/\n$/, "") });
        done();
      },
    });
  return new Console({ stdout: stream("log"), stderr: stream("error"), colorMode: false });
}

/** What policies see as `process`: enough for libraries that ask where they run, and no way to the real one. */
function createProcessStub(exit: (code?: number) => void): object {
  const stub: Record<string, unknown> = {
    arch: process.arch,
    argv: ["node"],
    env: {},
    platform: process.platform,
    version: process.version,
    versions: { ...process.versions },
    cwd: () => "/",
    emitWarning: () => undefined,
    exit,
    hrtime: Object.assign((from?: [number, number]) => process.hrtime(from), {
      bigint: () => process.hrtime.bigint(),
    }),
    nextTick: (callback: (...values: unknown[]) => void, ...values: unknown[]) =>
      process.nextTick(callback, ...values),
    uptime: () => process.uptime(),
  };
  for (const name of ["on", "once", "off", "removeListener"]) stub[name] = () => stub;
  return stub;
}
