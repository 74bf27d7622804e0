import { promisify } from "node:util";

/** The timer functions of one realm; after `end` none of their callbacks runs any more. */
export interface Timers {
  readonly functions: Readonly<Record<string, unknown>>;
  end(): void;
}

type Callback = (...values: readonly unknown[]) => void;

/** New timer functions, whose pending timers are known. */
export function createTimers(): Timers {
  const pending = new Set<NodeJS.Timeout | NodeJS.Immediate>();
  let ended = false;

  const once = (start: (run: () => void) => NodeJS.Timeout | NodeJS.Immediate) => {
    const handle = start(() => pending.delete(handle));
    return keep(handle);
  };
  const keep = <Handle extends NodeJS.Timeout | NodeJS.Immediate>(handle: Handle): Handle => {
    if (ended) stop(handle);
    else pending.add(handle);
    return handle;
  };
  const clear = (handle: NodeJS.Timeout | NodeJS.Immediate | undefined) => {
    if (handle === undefined) return;
    pending.delete(handle);
    stop(handle);
  };

  const startTimeout = (callback: Callback, milliseconds?: number, ...values: unknown[]) =>
    once((finished) =>
      setTimeout(() => {
        finished();
        callback(...values);
      }, milliseconds),
    );
  const promisedTimeout = (milliseconds?: number, value?: unknown) =>
    new Promise((resolve) => startTimeout(() => resolve(value), milliseconds));

  return {
    functions: {
      setTimeout: Object.assign(startTimeout, { [promisify.custom]: promisedTimeout }),
      setImmediate: (callback: Callback, ...values: unknown[]) =>
        once((finished) =>
          setImmediate(() => {
            finished();
            callback(...values);
          }),
        ),
      setInterval: (callback: Callback, milliseconds?: number, ...values: unknown[]) =>
        keep(setInterval(callback, milliseconds, ...values)),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
    end() {
      ended = true;
      for (const handle of pending) stop(handle);
      pending.clear();
    },
  };
}

function stop(handle: NodeJS.Timeout | NodeJS.Immediate): void {
  clearTimeout(handle as NodeJS.Timeout);
  clearImmediate(handle as NodeJS.Immediate);
}
