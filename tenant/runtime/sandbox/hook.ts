import type { Job } from "../protocol.ts";
import { evaluateModule } from "./common-js.ts";
import { hookPreamble } from "./error-classes.ts";
import { callOnce, type Execution } from "./execution.ts";
import { createRequire, type PackageCode } from "./policy-require.ts";
import type { Realm } from "./realm.ts";

type HookJob = Extract<Job, { kind: "hook" }>;

/**
 * Runs a hook and succeeds with the first value it calls back with, as JSON. Its return value is ignored: a hook that
 * never calls back stays until the deadline.
 */
export function runHook(
  { hook, inputJson }: HookJob,
  realm: Realm,
  execution: Execution,
  packages: PackageCode,
): void {
  execution.begin(hook.name);
  const run = evaluateModule(realm, createRequire(realm, packages, hook.packages), {
    name: `hook:${hook.name}`,
    code: hook.script,
    preamble: hookPreamble[hook.trigger],
  });
  const values = realm.parse(inputJson) as unknown[];
  const context = values.at(-1) as Record<string, unknown>;
  context.webtask = realm.parse(
    JSON.stringify({ secrets: hook.secrets, body: {}, headers: {}, meta: {}, params: {}, query: {} }),
  );

  const callback = callOnce(execution, (error, value) => {
    if (error) execution.fail(asError(error));
    else succeed(value);
  });
  const succeed = (value: unknown) => {
    try {
      execution.succeed(realm.stringify(value));
    } catch {
      execution.fail(new Error("Error when JSON serializing the result of the extension point"));
    }
  };
  // What a module exports may be anything; calling what is no function throws the TypeError that is reported.
  (run as (...values: unknown[]) => unknown)(...values, callback);
}

/** What is no error but was given as one becomes an error with its message. */
function asError(thrown: unknown): unknown {
  if (Error.isError(thrown)) return thrown;
  const message = typeof thrown === "object" && thrown !== null && "message" in thrown && thrown.message;
  return new Error(String(message || thrown));
}
