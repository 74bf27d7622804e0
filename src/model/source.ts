// Places in source files. Everything a diagnostic points at is one of these.

/** A place in a text; line and column are 1-based, columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of one file; `end` is exclusive. `file` is relative to the project's root, with forward slashes. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** A value together with the place it was written at. */
export interface Located<T> {
  readonly value: T;
  readonly at: Span;
}

/** A file's whole text. `path` is relative to the project's root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The first character of a file: where a fact about the file as a whole is reported. */
export function startOf(file: string): Span {
  return { file, start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
}
