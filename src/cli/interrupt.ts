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

/** Resolves when the signal aborts, or at once if it has. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
