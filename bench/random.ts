/** Random choices that a seed determines: the same seed, the same choices on every machine. */
export interface Random {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** `count` of the items, in their order. */
  some<T>(items: readonly T[], count: number): readonly T[];
  /** True once in `times`, on average. */
  once(times: number): boolean;
}

/** Choices by mulberry32, Tommy Ettinger's generator of 32 bits of state: small, and good enough for names. */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(fraction() * bound);
  return {
    below,
    once: (times) => below(times) === 0,
    some: (items, count) => {
      let wanted = Math.min(count, items.length);
      return items.filter((_, index) => {
        const isTaken = below(items.length - index) < wanted;
        if (isTaken) wanted -= 1;
        return isTaken;
      });
    },
  };
}
