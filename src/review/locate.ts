// The lines that make a change: in the head, or in the base for what is gone.
import type { Declarations } from "../model/declarations.ts";
import type { RecordedFlows } from "../model/recorded-flows.ts";
import type { SourceFile, Span } from "../model/source.ts";
import { startOf } from "../model/source.ts";
import type { Change, ReviewedChange, Thing } from "./change.ts";
import { linksOf } from "./links.ts";
import type { Holder, Reason } from "./reason.ts";
import { reasonsOf } from "./reasons.ts";

/** The files of one state, and what they declare. */
export interface Written {
  readonly declarations: Declarations;
  readonly sources: readonly SourceFile[];
  readonly flows: RecordedFlows;
}

/** Where a change is to be looked at, and for permissions why it is so. */
export type Located = Pick<ReviewedChange, "at" | "side" | "via">;

/** Finds the places of changes between two states. `baseKey` gives the key that a thing of the head had in the base. */
export function locator(
  base: Written,
  head: Written,
  baseKey: (thing: Thing) => string,
): (change: Change) => Located {
  const reasons = { base: reasonsOf(base.declarations), head: reasonsOf(head.declarations) };
  const lines = { base: linesOf(base.declarations), head: linesOf(head.declarations) };
  const scopes = { base: scopePlaces(base.declarations), head: scopePlaces(head.declarations) };
  return (change) => {
    const side = isGone(change, head.declarations) ? "base" : "head";
    const [own, other] = side === "head" ? [head, "base" as const] : [base, "head" as const];
    const keyed = <T extends Thing>(thing: T): T =>
      side === "head" ? thing : { ...thing, key: baseKey(thing) };
    const { permission, holders: [holder] = [] } = change;
    if (permission && holder) {
      const api = keyed({ kind: "api", key: permission.api }).key as typeof permission.api; // as: it was one
      const via = reasons[side](keyed(holder), { ...permission, api });
      const isNew = (line: string) => !lines[other].has(line);
      const [reason, line] = decisive(via, isNew, api);
      const name = `${api}/${permission.scope}`;
      const place = scopes[other].has(name) || line ? (line ?? reason?.giving.at) : scopes[side].get(name);
      return {
        side,
        at: place ?? reason?.giving.at ?? placeOf(keyed(holder), own, undefined, undefined),
        via: reason ? [reason, ...via.filter((each) => each !== reason)] : via,
      };
    }
    const [thing] = change.things;
    if (thing.kind === "flow") return { side, at: placeInFlow(change, own.flows), via: [] };
    if (change.kind === "approval") return { side, at: placeOfApproval(change, own.declarations), via: [] };
    const value = side === "head" ? change.after : change.before;
    return { side, at: placeOf(keyed(thing), own, value, change.key), via: [] };
  };
}

/** True if only the base has what is to be looked at. */
function isGone(
  { effect, kind, permission, things: [thing], before, after }: Change,
  head: Declarations,
): boolean {
  if (permission) return effect === "narrower";
  if (thing.kind === "flow") return kind === "policy" && after === undefined;
  return !exists(thing, head) || (after === undefined && before !== undefined);
}

function exists(thing: Thing, declarations: Declarations): boolean {
  const list = listOf(thing, declarations);
  return list === undefined || list.some(({ key }) => key === thing.key);
}

/** The reason that has a new line, and that line; else the first. */
function decisive(
  reasons: readonly Reason[],
  isNew: (line: string) => boolean,
  api: string,
): readonly [Reason | undefined, Span | undefined] {
  for (const reason of reasons) {
    const link = reason.way.find(({ from, does, to }) => isNew(linkLine(from, does, to)));
    if (link) return [reason, link.at];
    if (isNew(givingLine(reason.giving.by, reason.giving.written, api))) return [reason, reason.giving.at];
  }
  return [reasons[0], undefined];
}

function linkLine(from: Holder, does: string, to: Holder): string {
  return `${from.kind} ${from.key} ${does} ${to.kind} ${to.key}`;
}

function givingLine(by: Holder, written: string, api: string): string {
  return `${by.kind} ${by.key} names ${api}/${written}`;
}

/** Every line that gives something, by what it says. */
function linesOf(declarations: Declarations): ReadonlySet<string> {
  const links = linksOf(declarations);
  const lines = new Set<string>();
  for (const [kind, all] of [
    ["role", declarations.roles],
    ["group", declarations.groups],
  ] as const)
    for (const { key } of all)
      for (const { from, does, to } of links({ kind, key } as Holder)) lines.add(linkLine(from, does, to)); // as: kind and key of one list
  for (const { key, permissions } of declarations.roles)
    for (const { api, scopes } of permissions)
      for (const { value } of scopes) lines.add(givingLine({ kind: "role", key }, value, api.value));
  for (const { key, grants } of declarations.clients)
    for (const grant of grants)
      for (const value of grant.kind === "scopes" ? grant.scopes.map((each) => each.value) : [grant.kind])
        lines.add(givingLine({ kind: "client", key }, value, grant.api.value));
  return lines;
}

function scopePlaces({ apis }: Declarations): ReadonlyMap<string, Span> {
  return new Map(
    apis.flatMap(({ key, scopes }) =>
      scopes.map(({ value }) => [`${key}/${value.value}`, value.at] as const),
    ),
  );
}

/** The value in what declares the thing, else the line of the key, else where the thing starts. */
function placeOf(
  thing: Thing,
  { declarations, sources }: Written,
  value: string | undefined,
  key: string | undefined,
): Span {
  const declared = listOf(thing, declarations)?.find((each) => each.key === thing.key);
  const start = declared?.at ?? startOf(fileOf(thing));
  const about = thing.kind === "guardrails" ? declarations.guardrails : declared;
  const exact = value === undefined ? undefined : placeOfValue(about, value);
  return exact ?? lineOf(sources, start.file, key) ?? start;
}

/** The permission where it is approved for the role or client. */
function placeOfApproval({ things, before, after }: Change, { guardrails }: Declarations): Span {
  const approval = guardrails.approved.find(
    ({ subject, permission }) =>
      things.some(({ kind, key }) => kind === subject.kind && key === subject.key.value) &&
      permission.value === (after ?? before),
  );
  return approval?.permission.at ?? startOf("rbac/guardrails.yaml");
}

/** The setting, else the policy, else the first line of the flow. */
function placeInFlow({ things: [{ key: name }], policy, key }: Change, { flows }: RecordedFlows): Span {
  const flow = flows.find((each) => each.name === name);
  const step = flow?.steps.find((each) => each.policy === policy);
  const setting = step?.settings.find((each) => each.name === key);
  return setting?.at ?? step?.at ?? flow?.steps[0]?.at ?? startOf("hooks/flows.lock");
}

function listOf(
  thing: Thing,
  { apis, roles, groups, clients, stacks, stageValues }: Declarations,
): readonly { readonly key: string; readonly at: Span }[] | undefined {
  switch (thing.kind) {
    case "api":
      return thing.key === "management" ? undefined : apis;
    case "role":
      return roles;
    case "group":
      return groups;
    case "client":
      return clients;
    case "stack":
      return stacks.map((stack) => ({ ...stack, key: stack.stack }));
    case "stage-value":
      return stageValues.map((each) => ({ ...each, key: each.name }));
    default:
      return undefined;
  }
}

function fileOf({ kind }: Thing): string {
  switch (kind) {
    case "flow":
    case "locks":
      return "hooks/flows.lock";
    case "accepted-warnings":
      return "rbac/accepted-warnings.yaml";
    case "guardrails":
      return "rbac/guardrails.yaml";
    default:
      return "Pulumi.yaml";
  }
}

/** Where a text stands in something that was declared. */
function placeOfValue(declared: unknown, value: string): Span | undefined {
  if (typeof declared !== "object" || declared === null) return undefined;
  if ("value" in declared && "at" in declared && declared.value === value) return declared.at as Span; // as: that is what `Located` is
  for (const each of Object.values(declared)) {
    const found = placeOfValue(each, value);
    if (found) return found;
  }
  return undefined;
}

/** The key at the start of a line of the file. */
function lineOf(sources: readonly SourceFile[], file: string, key: string | undefined): Span | undefined {
  const source = key === undefined ? undefined : sources.find(({ path }) => path === file);
  const lines = source?.text.split("\n") ?? [];
  const line = lines.findIndex((each) => each.trimStart().startsWith(`${key}:`));
  if (line < 0 || key === undefined) return undefined;
  const column = (lines[line] ?? "").indexOf(key) + 1;
  return {
    file,
    start: { line: line + 1, column },
    end: { line: line + 1, column: column + key.length },
  };
}
