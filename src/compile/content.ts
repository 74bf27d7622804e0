/** A stretch of a text: offsets of its first character and of the one after its last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Where one value stands, its key in a mapping, and what it holds, by key or index. A collection in block style ends with
 * its last value.
 */
export interface Spot extends Stretch {
  readonly key: Stretch | undefined;
  readonly children: ReadonlyMap<PropertyKey, Spot>;
}

/** A document's plain value beside the tree of the places it was written at. */
export interface Content {
  readonly value: unknown;
  readonly root: Spot;
}

/** Values in a file, each alias counted as all it stands for: aliases of aliases must not grow without end. */
export const mostValues = 100_000;
/** What is said of a file that holds more. */
export const tooManyValues = `file holds more than ${mostValues} values`;

/** Collections within collections, aliases followed. */
export const deepest = 100;

/** What a text, a number or nothing holds. */
export const noChildren: ReadonlyMap<PropertyKey, Spot> = new Map();
