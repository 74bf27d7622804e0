import { parse, stringify } from "yaml";
import type { SourceFile } from "../../src/model/source.ts";

/** Other words for the same: how a file is laid out, and in which order its parts stand. */
export interface Manner {
  readonly collectionStyle: "block" | "flow";
  readonly defaultStringType: "PLAIN" | "QUOTE_DOUBLE" | "QUOTE_SINGLE";
  readonly indent: number;
  readonly lineEnd: "\n" | "\r\n";
  readonly comment: string;
  /** Decides the order of keys and items. */
  readonly seed: number;
}

/** A file of rbac/ that declares the same in another manner; other files as they are. */
export function rewritten({ path, text }: SourceFile, manner: Manner): SourceFile {
  if (!path.startsWith("rbac/")) return { path, text };
  const { collectionStyle, defaultStringType, indent, lineEnd, comment, seed } = manner;
  const written = stringify(shuffled(parse(text), seed), { collectionStyle, defaultStringType, indent });
  return { path, text: `# ${comment}\n\n${written}\n# ${comment}\n`.replaceAll("\n", lineEnd) };
}

function shuffled(value: unknown, seed: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return turned(value, seed).map((each) => shuffled(each, seed));
  return Object.fromEntries(
    turned(Object.entries(value), seed).map(([key, each]) => [key, shuffled(each, seed)]),
  );
}

/** The list from another start, every second time backwards. */
function turned<T>(list: readonly T[], seed: number): readonly T[] {
  const start = list.length === 0 ? 0 : seed % list.length;
  const moved = [...list.slice(start), ...list.slice(0, start)];
  return seed % 2 === 0 ? moved : moved.reverse();
}
