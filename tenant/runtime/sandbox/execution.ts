import type { ThrownError } from "../protocol.ts";

/** One execution inside the process: the first call of `succeed` or `fail` decides how it ends. */
export interface Execution {
  /** Name of the rule or action that is running, for errors. */
  by: string | undefined;
  /** Ends the execution with JSON text. */
  succeed(valueJson: string): void;
  /** Ends the execution with an error. `reusable` is false when the process is in doubt afterwards. */
  fail(error: unknown, reusable?: boolean): void;
}

/** Data of whatever was thrown: an error's name, message and own JSON fields; of a string its text. */
export function describeError(thrown: unknown, by: string | undefined): ThrownError {
  const place = by === undefined ? {} : { by };
  if (typeof thrown !== "object" || thrown === null)
    return { name: "Error", message: String(thrown), fields: {}, ...place };
  const { name, message } = thrown as { name?: unknown; message?: unknown };
  const fields: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(thrown))
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      fields[key] = value;
  return {
    name: typeof name === "string" ? name : "Error",
    message: typeof message === "string" ? message : String(message ?? "unknown error"),
    fields,
    ...place,
  };
}

/**
 * A callback that may be called once. The second call throws in the policy and fails the execution if that has not
 * ended, as `async.waterfall`, which drives the rules in Auth0, does.
 */
export function callOnce(
  execution: Execution,
  then: (error: unknown, ...results: readonly unknown[]) => void,
): (error?: unknown, ...results: unknown[]) => void {
  let called = false;
  return (error, ...results) => {
    if (called) {
      const again = new Error("Callback was already called.");
      execution.fail(again);
      throw again;
    }
    called = true;
    then(error, ...results);
  };
}
