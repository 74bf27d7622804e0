/** The tenant's idea of the time. Everything that stores, signs or expires asks it, never `Date`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Whole seconds since the epoch, as in the claims of a token. */
  seconds(): number;
  /** ISO 8601 with milliseconds and `Z`, as in `created_at`. */
  iso(): string;
  /** Moves the clock forward by so many milliseconds, or back if negative; it goes on from there, or stays there if it stands. */
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

/** A clock that runs with the machine's; at first it shows the time of `other`, if given, and stands if that one does. */
export function createClock(other?: Clock): Clock {
  const source = Date.now;
  let offset = other ? other.now() - source() : 0;
  let frozenAt = other?.isFrozen() ? other.now() : undefined;
  const now = () => frozenAt ?? source() + offset;
  const set = (time: number) => {
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
