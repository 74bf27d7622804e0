import type { Position } from "../model/source.ts";

/** Where offsets of a text are, and back. Lines end with a line feed; what is beyond the text is at its end. */
export interface Positions {
  at(offset: number): Position;
  offsetOf(position: Position): number;
}

/** The positions of a text. yaml's own counter misses line feeds in some malformed files, so they are counted here. */
export function positionsOf(text: string): Positions {
  const starts = [0];
  for (let next = text.indexOf("\n"); next >= 0; next = text.indexOf("\n", next + 1)) starts.push(next + 1);
  return {
    at: (offset) => {
      const inside = Math.min(offset, text.length);
      const line = lastAtMost(starts, inside);
      return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
    },
    offsetOf: ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1,
  };
}

/** The index of the last of the sorted numbers that is not above the limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
