// What a state of a checkout comes to by its files alone: nothing in it is run. Flows are what hooks/flows.lock says.
import { hashOfSource } from "./bundle/policy-sources.ts";
import { parse, readTree, resolve, type SourceTree } from "./compile/index.ts";
import { readFlowsLock, renderLock } from "./lock/index.ts";
import type { AccessModel } from "./model/access-model.ts";
import type { Declarations } from "./model/declarations.ts";
import { type Diagnostic, type DiagnosticCode, sortDiagnostics } from "./model/diagnostic.ts";
import type { RecordedFlows } from "./model/recorded-flows.ts";
import type { SourceFile } from "./model/source.ts";

/** One side of a review. */
export interface RecordedEstate {
  readonly sources: readonly SourceFile[];
  readonly declarations: Declarations;
  /** What the lock says; where it cannot be used, what the other side's says. */
  readonly flows: RecordedFlows;
  readonly model: AccessModel;
  /** Why hooks/flows.lock says nothing about what runs, in words that go on after its name. */
  readonly flowsTrouble: string | undefined;
  /** The text of rbac/access.lock; undefined if there is none. */
  readonly accessLock: string | undefined;
  /** The tenant of each stack that names one. */
  readonly tenants: ReadonlyMap<string, string>;
  /** What is wrong in the files, sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and compiles both sides. */
export function recordedEstates(
  base: SourceTree,
  head: SourceTree,
): readonly [RecordedEstate, RecordedEstate] {
  const [before, after] = [readSide(base), readSide(head)];
  return [compileSide(before, after), compileSide(after, before)];
}

interface Side {
  readonly sources: readonly SourceFile[];
  readonly found: readonly Diagnostic[];
  readonly flows: RecordedFlows | undefined;
  readonly flowsTrouble: string | undefined;
  readonly accessLock: string | undefined;
}

const noFlows: RecordedFlows = { flows: [], sources: [] };

function readSide(tree: SourceTree): Side {
  const { value: sources, diagnostics: found } = readTree(tree);
  const accessLock = textOf(tree, "rbac/access.lock");
  const lock = textOf(tree, "hooks/flows.lock");
  const hasFlows = sources.some(({ path }) => path === "hooks/flows.ts");
  const side = { sources, found, accessLock };
  if (lock === undefined)
    return hasFlows
      ? { ...side, flows: undefined, flowsTrouble: "is missing" }
      : { ...side, flows: noFlows, flowsTrouble: undefined };
  const { flows, wrongLine } = readFlowsLock({ path: "hooks/flows.lock", text: lock });
  if (!flows)
    return { ...side, flows: undefined, flowsTrouble: `cannot be understood from line ${wrongLine} on` };
  const stale = staleSource(flows, sources);
  return { ...side, flows, flowsTrouble: stale === undefined ? undefined : `does not fit ${stale}` };
}

function compileSide(
  { sources, found, flows: own, flowsTrouble, accessLock }: Side,
  other: Side,
): RecordedEstate {
  const flows = own ?? other.flows ?? noFlows;
  const parsed = parse(sources);
  const resolved = resolve(parsed.value, flows, parsed.value.stacks);
  return {
    sources,
    declarations: parsed.value,
    flows,
    model: resolved.value,
    flowsTrouble,
    accessLock,
    tenants: tenantsIn(sources),
    diagnostics: sortDiagnostics([...found, ...parsed.diagnostics, ...resolved.diagnostics]),
  };
}

/** The text of a file; undefined if there is no such file. */
function textOf(tree: SourceTree, path: string): string | undefined {
  try {
    return tree.look(path).kind === "file" ? new TextDecoder().decode(tree.read(path)) : undefined;
  } catch {
    return undefined;
  }
}

/** The first file that is not what the lock was made of. */
function staleSource(flows: RecordedFlows, sources: readonly SourceFile[]): string | undefined {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const recorded = new Map(flows.sources.map(({ file, hash }) => [file, hash]));
  const files = new Set([...recorded.keys(), ...(texts.has("hooks/flows.ts") ? ["hooks/flows.ts"] : [])]);
  return [...files].sort().find((file) => recorded.get(file) !== hashOfSource(texts.get(file) ?? ""));
}

function tenantsIn(sources: readonly SourceFile[]): ReadonlyMap<string, string> {
  return new Map(
    sources.flatMap(({ path, text }) => {
      const [, stack] = /^Pulumi\.([^/]+)\.yaml$/.exec(path) ?? [];
      const [, domain] = /^ +["']?auth0:domain["']?: *["']?([^"'#\s]+)/m.exec(text) ?? [];
      return stack === undefined || domain === undefined ? [] : [[stack, domain] as const];
    }),
  );
}

/** False if rbac/access.lock is there and not what the declarations come to. */
export function isAccessLockCurrent({ accessLock, model }: RecordedEstate): boolean {
  return accessLock === undefined || accessLock === renderLock(model);
}

/** Breaches of guardrails: whoever reviews a change wants to see these, however many others there are. */
const breachCodes: readonly DiagnosticCode[] = [
  "forbidden-permission",
  "separated-permissions",
  "missing-approval",
];

/** Errors that leave no doubt about what the declarations mean. */
const harmlessCodes: readonly DiagnosticCode[] = [
  ...breachCodes,
  "unneeded-approval",
  "unenforced-roles",
  "unenforced-groups",
];

/** The errors because of which nothing can be said about an estate's access. */
export function fatalErrors({ diagnostics }: RecordedEstate): readonly Diagnostic[] {
  return diagnostics.filter(({ severity, code }) => severity === "error" && !harmlessCodes.includes(code));
}

/** What the guardrails of the base find in the head, and not in the base: its laws under the names that things have now. */
export function breachesOf(
  base: RecordedEstate,
  head: RecordedEstate,
  laws: Declarations["guardrails"],
): readonly Diagnostic[] {
  const known = new Set(base.diagnostics.map(({ message }) => message));
  // Where the laws are the same, the head has been judged by them.
  const isSame = JSON.stringify(laws) === JSON.stringify(head.declarations.guardrails);
  const judged = isSame ? head : resolve({ ...head.declarations, guardrails: laws }, head.flows, []);
  return sortDiagnostics(
    judged.diagnostics.filter(({ code, message }) => breachCodes.includes(code) && !known.has(message)),
  );
}
