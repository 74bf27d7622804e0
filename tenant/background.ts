/** Work that goes on after an answer was given. */
export interface Background {
  /** Begins `work` after the delay. What it throws is a bug and reaches the process as an unhandled rejection. */
  start(work: () => Promise<void>): void;
  /** Settles when nothing is waiting or under way any more, what was begun meanwhile included. */
  settled(): Promise<void>;
  /** Drops what has not begun, and settles when what is under way has ended. */
  close(): Promise<void>;
}

/** Background work that begins `delay` milliseconds after it was handed over; 0 unless given. */
export function createBackground(delay = 0): Background {
  const pending = new Set<Promise<void>>();
  const timers = new Map<NodeJS.Timeout, () => void>();

  const settled = async () => {
    while (pending.size > 0) await Promise.all(pending);
  };

  return {
    start(work) {
      const task = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          work().then(resolve, reject);
        }, delay);
        timers.set(timer, resolve);
      }).finally(() => pending.delete(task));
      pending.add(task);
    },
    settled,
    close() {
      for (const [timer, drop] of timers) {
        clearTimeout(timer);
        drop();
      }
      timers.clear();
      return settled();
    },
  };
}
