/** The timer functions of one realm; after `end` none of their callbacks runs any more. */
export interface Timers {
  readonly functions: {
    readonly setTimeout: (callback: Callback, milliseconds?: number, ...values: unknown[]) => TimerHandle;
    readonly setImmediate: (callback: Callback, ...values: unknown[]) => TimerHandle;
    readonly setInterval: (callback: Callback, milliseconds?: number, ...values: unknown[]) => TimerHandle;
    readonly clearTimeout: (handle: unknown) => void;
    readonly clearInterval: (handle: unknown) => void;
    readonly clearImmediate: (handle: unknown) => void;
  };
  /** The module `timers/promises`. */
  readonly promises: object;
  end(): void;
}

type Callback = (...values: readonly unknown[]) => void;
type Native = NodeJS.Timeout | NodeJS.Immediate;

/** What policies hold of a timer. Node's own object would lead to all other timers of the process. */
class TimerHandle {
  static readonly #natives = new WeakMap<TimerHandle, Native>();
  static readonly native = (handle: unknown): Native | undefined =>
    handle instanceof TimerHandle ? TimerHandle.#natives.get(handle) : undefined;

  constructor(native: Native) {
    TimerHandle.#natives.set(this, native);
  }
  ref(): this {
    TimerHandle.#natives.get(this)?.ref();
    return this;
  }
  unref(): this {
    TimerHandle.#natives.get(this)?.unref();
    return this;
  }
  hasRef(): boolean {
    return TimerHandle.#natives.get(this)?.hasRef() ?? false;
  }
  refresh(): this {
    const native = TimerHandle.#natives.get(this);
    if (native !== undefined && "refresh" in native) native.refresh();
    return this;
  }
}
const nativeOf = TimerHandle.native;
Object.freeze(TimerHandle.prototype);
Object.freeze(TimerHandle);

/** The most timers that one execution may have pending. */
const LIMIT = 10_000;

const promisified = Symbol.for("nodejs.util.promisify.custom");

/** New timer functions, whose pending timers are known. */
export function createTimers(): Timers {
  const pending = new Set<Native>();
  let ended = false;

  const keep = (native: Native): TimerHandle => {
    if (ended) stop(native);
    else pending.add(native);
    return new TimerHandle(native);
  };
  const check = (callback: unknown): void => {
    if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function");
    if (pending.size >= LIMIT) throw new RangeError(`more than ${LIMIT} timers are pending`);
  };
  const clear = (handle: unknown): void => {
    const native = nativeOf(handle);
    if (native === undefined) return;
    pending.delete(native);
    stop(native);
  };

  const startTimeout = (callback: Callback, milliseconds?: number, ...values: unknown[]) => {
    check(callback);
    const native = setTimeout(() => {
      pending.delete(native);
      callback(...values);
    }, milliseconds);
    return keep(native);
  };
  const startImmediate = (callback: Callback, ...values: unknown[]) => {
    check(callback);
    const native = setImmediate(() => {
      pending.delete(native);
      callback(...values);
    });
    return keep(native);
  };
  const startInterval = (callback: Callback, milliseconds?: number, ...values: unknown[]) => {
    check(callback);
    return keep(setInterval(callback, milliseconds, ...values));
  };
  const promises = {
    setTimeout: (milliseconds?: number, value?: unknown) =>
      new Promise((resolve) => startTimeout(() => resolve(value), milliseconds)),
    setImmediate: (value?: unknown) => new Promise((resolve) => startImmediate(() => resolve(value))),
  };

  return {
    functions: {
      setTimeout: Object.assign(startTimeout, { [promisified]: promises.setTimeout }),
      setImmediate: Object.assign(startImmediate, { [promisified]: promises.setImmediate }),
      setInterval: startInterval,
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
    promises,
    end() {
      ended = true;
      for (const handle of pending) stop(handle);
      pending.clear();
    },
  };
}

function stop(handle: Native): void {
  clearTimeout(handle as NodeJS.Timeout);
  clearImmediate(handle as NodeJS.Immediate);
}
