// Interrupts from the terminal and from whoever stops a process.

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A signal that aborts at the first interrupt, with the interrupt's name as its reason; `release` stops listening. */
export function interruptSignal(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (name: NodeJS.Signals) => controller.abort(name);
  for (const name of signals) process.once(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.removeListener(name, abort);
    },
  };
}

/** Resolves at the first interrupt. */
export function untilInterrupted(): Promise<void> {
  const { signal } = interruptSignal();
  // Unlike a pending promise, a timer keeps the process alive.
  const alive = setInterval(() => {}, 1 << 30);
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => {
      clearInterval(alive);
      resolve();
    }),
  );
}
