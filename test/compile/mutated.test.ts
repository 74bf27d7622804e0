import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, resolve } from "../../src/compile/index.ts";
import type { Position, SourceFile, Span } from "../../src/model/source.ts";
import { formatDiagnostics } from "../../src/report/text.ts";
import { shippedSources } from "../support/shipped.ts";

const sources = shippedSources();

/** What people and editors put where it does not belong, and what YAML has a special meaning for. */
const pieces = [
  ..."\t\n\r:-?*&!|>'\"%@`#{}[],~$é漢",
  ...[
    "\r\n",
    "${",
    "}",
    "---\n",
    "...\n",
    "<<: *a",
    "&a ",
    "*a",
    "!!binary ",
    "\uFEFF",
    "\u202E",
    "\0",
    "1e999",
    "0x1F",
  ],
  ...[
    "__proto__: x\n",
    "constructor",
    "null",
    "true",
    "2026-01-01",
    "name: a\n",
    "  ",
    "- ",
    "? ",
    "[".repeat(50),
  ],
];

const mutation = fc.record({
  at: fc.nat(),
  removed: fc.nat({ max: 40 }),
  inserted: fc.constantFrom("", ...pieces),
});

const mutated = fc
  .record({
    file: fc.nat({ max: sources.length - 1 }),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
  })
  .map(({ file, mutations }): readonly SourceFile[] =>
    sources.map((source, index) =>
      index === file ? { ...source, text: mutations.reduce(mutate, source.text) } : source,
    ),
  );

function mutate(
  text: string,
  { at, removed, inserted }: { at: number; removed: number; inserted: string },
): string {
  const from = at % (text.length + 1);
  return `${text.slice(0, from)}${inserted}${text.slice(from + removed)}`;
}

function isInside({ line, column }: Position, lines: readonly string[]): boolean {
  return line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
}

function isSpanInside({ file, start, end }: Span, files: readonly SourceFile[]): boolean {
  const lines = files.find(({ path }) => path === file)?.text.split("\n") ?? [];
  const isForward = start.line < end.line || (start.line === end.line && start.column <= end.column);
  return isForward && isInside(start, lines) && isInside(end, lines);
}

describe("mutated declarations", () => {
  it("lead to diagnostics whose places lie inside the files, and never to an exception", () => {
    fc.assert(
      fc.property(mutated, (files) => {
        const parsed = parse(files);
        const resolved = resolve(parsed.value, { flows: [] }, parsed.value.stacks);
        const diagnostics = [...parsed.diagnostics, ...resolved.diagnostics];
        const outside = diagnostics
          .flatMap(({ at, related = [] }) => [at, ...related.map((each) => each.at)])
          .filter((span) => !isSpanInside(span, files));
        expect(outside).toEqual([]);
        expect(formatDiagnostics(diagnostics, files, { color: true })).toBeTypeOf("string");
      }),
      { numRuns: 400 },
    );
  });
});
