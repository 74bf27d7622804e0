import type { Effect, ThrownError } from "../protocol.ts";

/** One execution inside the process: the first call of `succeed` or `fail` decides how it ends. */
export interface Execution {
  /** Name of the rule or action that is running, for errors. */
  by: string | undefined;
  /** Says which policy runs from now on, and is meant by `by`; the one before has run. */
  begin(name: string): void;
  /** Takes down what the policy that runs has done. */
  note(effect: Effect): void;
  /** Ends the execution with JSON text. */
  succeed(valueJson: string): void;
  /** Ends the execution with an error. `reusable` is false when the process is in doubt afterwards. */
  fail(error: unknown, reusable?: boolean): void;
}

/** The most characters of an error's message and of each of its fields. */
const TEXT_LIMIT = 10_000;

/** Data of whatever was thrown: an error's name, message and own JSON fields; of a string its text. */
export function describeError(thrown: unknown, by: string | undefined): ThrownError {
  const place = by === undefined ? {} : { by };
  try {
    return { ...readError(thrown), ...place };
  } catch {
    // Reading it runs the policy's getters and traps.
    return { name: "Error", message: "the policy threw what cannot be read", fields: {}, ...place };
  }
}

function readError(thrown: unknown): Omit<ThrownError, "by"> {
  if (typeof thrown !== "object" || thrown === null)
    return { name: "Error", message: String(thrown).slice(0, TEXT_LIMIT), fields: {} };
  const { name, message } = thrown as { name?: unknown; message?: unknown };
  const fields: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(thrown).slice(0, 100))
    if (typeof value === "string") fields[key] = value.slice(0, TEXT_LIMIT);
    else if (typeof value === "number" || typeof value === "boolean") fields[key] = value;
  return {
    name: typeof name === "string" ? name.slice(0, TEXT_LIMIT) : "Error",
    message: (typeof message === "string" ? message : String(message ?? "unknown error")).slice(
      0,
      TEXT_LIMIT,
    ),
    fields,
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
