import { isScalar, type Node, parseDocument } from "yaml";
import { type SourceFile, type Span, startOf } from "../model/source.ts";
import { positionsOf } from "./positions.ts";
import type { Report } from "./report.ts";
import { readContent, type Spot } from "./yaml-content.ts";

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
  const document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false, // yaml names one place of a double, and not always the right one: yaml-content names both
    resolveKnownTags: false,
    logLevel: "error",
  });
  const positions = positionsOf(text);
  const spanOf = (from: number, to: number): Span => ({
    file: path,
    start: positions.at(from),
    end: positions.at(to),
  });

  const [first] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first) {
    // What is missing at the end of a file is shown after its last character, not on the empty line that follows.
    const [from, to] = first.pos.map((offset) => Math.min(offset, text.trimEnd().length));
    report("syntax", spanOf(from ?? 0, to ?? 0), syntaxMessage(first.code, first.message));
    return undefined;
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.source === "")) {
    report("empty-file", startOf(path), "file is empty");
    return undefined;
  }
  const nodeSpan = ({ range }: Node): Span => spanOf(range?.[0] ?? 0, range?.[1] ?? 0);
  const content = readContent(document.contents, nodeSpan, report);
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
    return spot ? nodeSpan(spot.key ?? spot.node) : keyAt(steps.slice(0, -1));
  };
  return {
    path,
    value,
    has: (steps) => find(steps) !== undefined,
    at: (steps) => {
      const spot = steps.length > 0 ? find(steps) : undefined;
      return spot ? nodeSpan(spot.node) : keyAt(steps);
    },
    keyAt,
    textOf: ({ start, end }) => text.slice(positions.offsetOf(start), positions.offsetOf(end)),
    within: ({ start }, offset, length) => {
      const from = positions.offsetOf(start) + offset;
      return spanOf(from, from + length);
    },
  };
}

function syntaxMessage(code: string, message: string): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "file holds more than one document; one thing stands in each file";
    case "RESOURCE_EXHAUSTION":
      return "file is nested too deeply";
    case "NON_STRING_KEY":
      return "key is a collection; keys are texts";
    default:
      return message.slice(0, 1).toLowerCase() + message.slice(1);
  }
}
