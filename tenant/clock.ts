/** The tenant's idea of the time. Everything that stores, signs or expires asks it, never `Date`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Whole seconds since the epoch, as in the claims of a token. */
  seconds(): number;
  /** ISO 8601 with milliseconds and `Z`, as in `created_at`. */
  iso(): string;
  /**
   * Moves the clock forward by so many milliseconds, or back if negative; it goes on from there, or stays there if it
   * stands. Throws a `RangeError` for a time before 1970 or after 9999, and so does `set`.
   */
  advance(milliseconds: number): void;
  /** Puts the clock to a time, in milliseconds since the epoch. */
  set(now: number): void;
  /** Stops the clock where it is; only `advance` and `set` move it. */
  freeze(): void;
  /** Lets a stopped clock go on from where it stands. */
  run(): void;
  /** Whether the clock stands. */
  isFrozen(): boolean;
}

/** Milliseconds since the epoch of the last moment that a year of four digits can say. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Whether a clock can show this time, in milliseconds since the epoch: from 1970 to the end of 9999. */
export const isTime = (now: number): boolean => now >= 0 && now <= LAST;

/** A clock that runs with the machine's; at first it shows the time of `other`, if given, and stands if that one does. */
export function createClock(other?: Clock): Clock {
  const source = Date.now;
  let offset = other ? other.now() - source() : 0;
  let frozenAt = other?.isFrozen() ? other.now() : undefined;
  const now = () => frozenAt ?? source() + offset;
  const set = (time: number) => {
    if (!isTime(time)) throw new RangeError("a clock shows times from 1970 to 9999 only");
    if (frozenAt === undefined) offset = time - source();
    else frozenAt = time;
  };
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    iso: () => new Date(now()).toISOString(),
    advance: (milliseconds) => set(now() + milliseconds),
    set,
    freeze: () => {
      frozenAt = now();
    },
    run: () => {
      const time = now();
      frozenAt = undefined;
      set(time);
    },
    isFrozen: () => frozenAt !== undefined,
  };
}
