/** The tenant's idea of the time. Everything that stores, signs or expires asks it, never `Date`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Whole seconds since the epoch, as in the claims of a token. */
  seconds(): number;
  /** ISO 8601 with milliseconds and `Z`, as in `created_at`. */
  iso(): string;
  /** Moves the clock forward by so many milliseconds, or back if negative; it runs on from there. */
  advance(milliseconds: number): void;
}

/** A clock that runs with `source` (milliseconds since the epoch; the machine's clock if left out). */
export function createClock(source: () => number = Date.now): Clock {
  let offset = 0;
  const now = () => source() + offset;
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    iso: () => new Date(now()).toISOString(),
    advance: (milliseconds) => {
      offset += milliseconds;
    },
  };
}
