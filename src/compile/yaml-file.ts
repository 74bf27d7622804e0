import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { readAnyYaml } from "./any-yaml.ts";
import type { Spot, Stretch } from "./content.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { positionsOf } from "./positions.ts";
import type { Report } from "./report.ts";

/** Steps from a file's root to a value in it: keys and indexes. */
export type Path = readonly PropertyKey[];

/** A YAML file whose text is in order: its plain value and the places in it. */
export interface YamlFile {
  readonly path: string;
  readonly value: unknown;
  /** True if something is written there. */
  has(path: Path): boolean;
  /** Where the value is written; for what is not written, where the nearest key around it is. */
  at(path: Path): Span;
  /** Where the key is written that the value stands under; the item itself in a list, the first key for the root. */
  keyAt(path: Path): Span;
  /** The text of the file between two places, as it is written. */
  textOf(span: Span): string;
  /** The place of so many characters of that text. */
  within(span: Span, offset: number, length: number): Span;
}

/** A file of which nothing could be read: everything in it is at its start. */
export function unreadFile(path: string): YamlFile {
  const start = () => startOf(path);
  return { path, value: {}, has: () => false, at: start, keyAt: start, textOf: () => "", within: start };
}

/** Characters of the longest file that is parsed. */
const longestFile = 1_000_000;

/** The file's content; undefined, with a finding, if there is none to speak of. */
export function readYaml({ path, text }: SourceFile, report: Report): YamlFile | undefined {
  if (text.length > longestFile) {
    report("limit-exceeded", startOf(path), `file is longer than ${longestFile} characters`);
    return undefined;
  }
  const positions = positionsOf(text);
  const spanOf = ({ from, to }: Stretch): Span => ({
    file: path,
    start: positions.at(from),
    end: positions.at(to),
  });
  const content = readPlainYaml(text) ?? readAnyYaml({ path, text }, spanOf, report);
  if (!content) return undefined;
  const { value, root } = content;

  const find = (steps: Path): Spot | undefined => {
    let spot: Spot | undefined = root;
    for (const step of steps) spot = spot?.children.get(step);
    return spot;
  };
  const keyAt = (steps: Path): Span => {
    const [firstChild] = root.children.values();
    const spot = steps.length > 0 ? find(steps) : firstChild?.key ? firstChild : root;
    return spot ? spanOf(spot.key ?? spot) : keyAt(steps.slice(0, -1));
  };
  return {
    path,
    value,
    has: (steps) => find(steps) !== undefined,
    at: (steps) => {
      const spot = steps.length > 0 ? find(steps) : undefined;
      return spot ? spanOf(spot) : keyAt(steps);
    },
    keyAt,
    textOf: ({ start, end }) => text.slice(positions.offsetOf(start), positions.offsetOf(end)),
    within: ({ start }, offset, length) => {
      const from = positions.offsetOf(start) + offset;
      return spanOf({ from, to: from + length });
    },
  };
}
