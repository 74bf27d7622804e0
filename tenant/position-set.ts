const COMMA = 44;
const ZERO = 48;

/**
 * The numbers of a text like `3,1,25`, in its order; none of a text that is null. This is how SQLite hands over a hundred
 * thousand positions in a tenth of the time that as many rows take.
 */
export function readPositions(list: string | null): Uint32Array {
  if (!list) return new Uint32Array();
  const positions = new Uint32Array((list.length + 1) >>> 1);
  let count = 0;
  let position = 0;
  for (let place = 0; place < list.length; place += 1) {
    const code = list.charCodeAt(place);
    if (code === COMMA) {
      positions[count++] = position;
      position = 0;
    } else position = position * 10 + code - ZERO;
  }
  positions[count++] = position;
  return positions.subarray(0, count);
}

/** A set of positions in a table, of one bit for each. */
export class PositionSet {
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  /** The set of these positions, in whatever order they are. */
  static of(positions: Uint32Array): PositionSet {
    let last = 0;
    for (const position of positions) if (position > last) last = position;
    const words = new Uint32Array((last >>> 5) + 1);
    for (const position of positions)
      words[position >>> 5] = (words[position >>> 5] ?? 0) | (1 << (position & 31));
    return new PositionSet(words);
  }

  /** What is in both. */
  and(other: PositionSet): PositionSet {
    return new PositionSet(this.#words.map((word, index) => word & (other.#words[index] ?? 0)));
  }

  /** What is in either. */
  or(other: PositionSet): PositionSet {
    if (other.#words.length > this.#words.length) return other.or(this);
    return new PositionSet(this.#words.map((word, index) => word | (other.#words[index] ?? 0)));
  }

  /** What is in this one only. */
  without(other: PositionSet): PositionSet {
    return new PositionSet(this.#words.map((word, index) => word & ~(other.#words[index] ?? 0)));
  }

  has(position: number): boolean {
    return (((this.#words[position >>> 5] ?? 0) >>> (position & 31)) & 1) === 1;
  }

  get size(): number {
    let size = 0;
    for (let word of this.#words) for (; word !== 0; word &= word - 1) size += 1;
    return size;
  }

  /** The positions, upwards or downwards. */
  *positions(isDownwards = false): Generator<number> {
    const words = this.#words;
    for (let index = 0; index < words.length; index += 1) {
      const place = isDownwards ? words.length - 1 - index : index;
      if (words[place] === 0) continue;
      for (let bit = 0; bit < 32; bit += 1) {
        const position = place * 32 + (isDownwards ? 31 - bit : bit);
        if (this.has(position)) yield position;
      }
    }
  }
}
