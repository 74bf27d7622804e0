// Cases as data: each file of test/cases/<code>/ holds the input files that differ from base.txt, and what is found in them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { acceptWarnings, parse, resolve, unneededAcceptances } from "../../src/compile/index.ts";
import { sortDiagnostics } from "../../src/model/diagnostic.ts";
import type { Enforcement, Flows, SettingValue } from "../../src/model/flows.ts";
import type { Day } from "../../src/model/names.ts";
import type { ManagementOperationName } from "../../src/model/operations.ts";
import { type SourceFile, startOf } from "../../src/model/source.ts";
import { formatDiagnostics } from "../../src/report/text.ts";
import { flowsForGroups, loginFlow } from "./models.ts";

const folder = join(import.meta.dirname, "../cases");
const expectedPath = "expected";
/** The folder of pairs of states: see review-cases.ts. */
const reviewCases = "review";

export interface Case {
  /** The code it is about: the name of its folder. */
  readonly code: string;
  /** The fact it shows: the name of its file, with blanks. */
  readonly fact: string;
  /** The input files laid over the base, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The report, empty if nothing is found. */
  readonly expected: string;
  /** Writes another expectation into the case. */
  rewrite(expected: string): void;
}

/** Every case, by code and fact. */
export function readCases(): readonly Case[] {
  const base = filesOf(readFileSync(join(folder, "base.txt"), "utf8"));
  const codes = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== reviewCases,
  );
  return codes.flatMap(({ name: code }) =>
    readdirSync(join(folder, code)).map((name): Case => {
      const path = join(folder, code, name);
      const [input = "", expected = ""] = readFileSync(path, "utf8").split(`-- ${expectedPath} --\n`);
      return {
        code,
        fact: basename(name, ".txt").replaceAll("-", " "),
        files: new Map([...base, ...filesOf(input)]),
        expected: expected.trimEnd(),
        rewrite: (text) => writeFileSync(path, `${input}-- ${expectedPath} --\n${text && `${text}\n`}`),
      };
    }),
  );
}

/** The day on which cases are checked. */
const today = "2027-01-01" as Day;

/** The report of a case's files. */
export function reportOf({ files }: Case): string {
  const flows = flowsOf(files.get("flows.json"));
  const sources = [...files]
    .filter(([path]) => path !== "flows.json")
    .map(([path, text]): SourceFile => ({ path, text }));
  const parsed = parse(sources);
  const resolved = resolve(parsed.value, flows, parsed.value.stacks, today);
  const found = [...parsed.diagnostics, ...resolved.diagnostics];
  const { acceptedWarnings } = parsed.value;
  const diagnostics = sortDiagnostics([
    ...acceptWarnings(found, acceptedWarnings, today),
    ...unneededAcceptances(found, acceptedWarnings),
  ]);
  return formatDiagnostics(diagnostics, sources, { color: false });
}

/** Files by path: each starts with a line `-- path --`. */
export function filesOf(archive: string): ReadonlyMap<string, string> {
  const [, ...parts] = archive.split(/^-- (.+) --\n/m);
  return new Map(
    parts.flatMap((path, index) => (index % 2 === 0 ? [[path, parts[index + 1] ?? ""] as const] : [])),
  );
}

interface StepOfCase {
  readonly policy: string;
  readonly uses?: readonly ManagementOperationName[];
  readonly enforces?: readonly Enforcement[];
  readonly settings?: Readonly<Record<string, SettingValue>>;
}

/** A login flow with the steps of a case; with what groups need, and nothing else, if it says nothing. */
function flowsOf(json: string | undefined): Flows {
  if (json === undefined) return flowsForGroups;
  const at = startOf("hooks/flows.ts");
  const steps = JSON.parse(json) as readonly StepOfCase[];
  return loginFlow(
    ...steps.map(({ settings = {}, ...step }) => ({
      ...step,
      settings: Object.entries(settings).map(([name, value]) => ({ name, value, at })),
    })),
  );
}
