// hooks/flows.lock read back: the inverse of src/lock/flows-lock.ts.
import {
  type AccessTable,
  accessTables,
  type Enforcement,
  enforcements,
  type FlowName,
  flowNames,
  type Lane,
  type SettingValue,
  type StageValueForm,
} from "../model/flows.ts";
import { type ManagementOperationName, managementOperations } from "../model/operations.ts";
import {
  type PolicyPower,
  policyPowers,
  type RecordedBundle,
  type RecordedFlows,
  type RecordedSource,
  type RecordedStep,
} from "../model/recorded-flows.ts";
import type { SourceFile, Span } from "../model/source.ts";

/** What a lock says; or the first line that says nothing this version understands, 1-based. */
export type ReadFlowsLock =
  | { readonly flows: RecordedFlows; readonly wrongLine?: never }
  | { readonly flows?: never; readonly wrongLine: number };

/** The flows that the lock records; steps are placed at their lines in it. */
export function readFlowsLock({ path, text }: SourceFile): ReadFlowsLock {
  const flows = new Map<FlowName, OpenFlow>();
  const sources: RecordedSource[] = [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("#")) continue;
    const at = spanOf(path, index + 1, line);
    const isRead = readSource(line, at, sources) || readFlowFact(line, at, flows);
    if (!isRead) return { wrongLine: index + 1 };
  }
  return { flows: { flows: [...flows.values()], sources } };
}

interface OpenFlow {
  readonly name: FlowName;
  readonly steps: OpenStep[];
  readonly externalActions: { readonly before: string[]; readonly after: string[] };
  readonly bundles: RecordedBundle[];
}

type Growing<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key];
};
type OpenStep = Growing<RecordedStep>;

function readSource(line: string, at: Span, sources: RecordedSource[]): boolean {
  const [, file, hash] = /^source (\S+|".*") {2}sha256:([0-9a-f]{64})$/.exec(line) ?? [];
  if (file === undefined || hash === undefined) return false;
  const read = textOf(file);
  if (read === undefined) return false;
  sources.push({ file: read, hash, at });
  return true;
}

function readFlowFact(line: string, at: Span, flows: Map<FlowName, OpenFlow>): boolean {
  const [subject = "", first = "", ...rest] = line.split("  ");
  const name = flowNames.find((each) => subject === `flow ${each}`);
  if (!name) return false;
  const flow = flows.get(name) ?? {
    name,
    steps: [],
    externalActions: { before: [], after: [] },
    bundles: [],
  };
  flows.set(name, flow);
  const [key, value] = keyAndValue(first);
  const step = flow.steps.at(-1);
  switch (key) {
    case "runs":
      return addStep(flow, value, rest, at);
    case "external before":
      return addText(flow.externalActions.before, value);
    case "external after":
      return addText(flow.externalActions.after, value);
    case "bundle":
      return addBundle(flow, value, rest);
    default:
      return step !== undefined && first === step.policy && readStepFact(step, rest, at);
  }
}

function addStep(flow: OpenFlow, policy: string, [written = ""]: readonly string[], at: Span): boolean {
  const file = textOf(written);
  if (file === undefined) return false;
  flow.steps.push({
    policy,
    file,
    at,
    uses: [],
    grants: [],
    enforces: [],
    provides: [],
    needs: [],
    wants: [],
    hosts: [],
    callsUrls: false,
    dependencies: [],
    settings: [],
    does: [],
    imports: [],
  });
  return true;
}

function addBundle(flow: OpenFlow, lane: string, [size = "", hash = ""]: readonly string[]): boolean {
  const [, bytes] = /^(\d+) bytes$/.exec(size) ?? [];
  const [, digest] = /^sha256:([0-9a-f]{64})$/.exec(hash) ?? [];
  const known = (["hook", "rule", "action"] as const satisfies readonly Lane[]).find((each) => each === lane);
  if (!known || bytes === undefined || digest === undefined) return false;
  flow.bundles.push({ lane: known, bytes: Number(bytes), hash: digest });
  return true;
}

function readStepFact(step: OpenStep, [fact = "", ...rest]: readonly string[], at: Span): boolean {
  const [key, value] = keyAndValue(fact);
  switch (key) {
    case "imports":
      return addText(step.imports, value);
    case "does":
      return addKnown<PolicyPower>(step.does, policyPowers, value);
    case "enforces":
      return addKnown<Enforcement>(step.enforces, enforcements, value);
    case "setting":
      return addSetting(step, value, rest, at);
    case "uses":
      return addKnown<ManagementOperationName>(step.uses, operationNames, value);
    case "host":
      return addText(step.hosts, value);
    case "hosts":
      step.callsUrls = true;
      return true;
    case "dependency":
      return addDependency(step, value, rest);
    case "provides":
    case "needs":
    case "wants":
      return addText(step[key], value);
    default:
      return false;
  }
}

const operationNames = Object.keys(managementOperations) as ManagementOperationName[]; // as: its keys

function addDependency(step: OpenStep, written: string, [second = ""]: readonly string[]): boolean {
  const [name, version] = [textOf(written), textOf(second)];
  if (name === undefined || version === undefined) return false;
  step.dependencies.push({ name, version });
  return true;
}

function addSetting(
  step: OpenStep,
  written: string,
  [column = "", mark]: readonly string[],
  at: Span,
): boolean {
  const name = textOf(written);
  const value = settingValue(column);
  if (name === undefined || !value) return false;
  step.settings.push({ name, value, at });
  if (mark === "grants") step.grants.push(name);
  return true;
}

const forms: readonly StageValueForm[] = ["claimNamespace", "switch", "url"];

function settingValue(column: string): SettingValue | undefined {
  const blank = column.indexOf(" ");
  const [kind, rest] = [column.slice(0, blank), column.slice(blank + 1)];
  switch (kind) {
    case "literal":
      return literal(rest);
    case "stage": {
      const [name = "", form] = rest.split(" as ");
      const known = forms.find((each) => each === form);
      return form === undefined || known ? { kind, name, ...(known && { form: known }) } : undefined;
    }
    case "secret":
      return { kind, name: rest };
    case "role":
      return { kind, role: rest };
    case "roles":
      return { kind: "role-names", roles: rest.slice(1, -1).split(", ").filter(Boolean) };
    case "table": {
      const table = accessTables.find((each: AccessTable) => each === rest);
      return table && { kind, table };
    }
    default:
      return undefined;
  }
}

function literal(json: string): SettingValue | undefined {
  try {
    return { kind: "literal", value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

/** What stands before and after the first `: `; the whole text is the key if there is none. */
function keyAndValue(column: string): readonly [string, string] {
  const colon = column.indexOf(": ");
  return colon < 0 ? [column, ""] : [column.slice(0, colon), column.slice(colon + 2)];
}

function addText(list: string[], written: string): boolean {
  const text = textOf(written);
  if (text === undefined) return false;
  list.push(text);
  return true;
}

function addKnown<Known extends string>(list: Known[], all: readonly Known[], value: string): boolean {
  const known = all.find((each) => each === value);
  if (known === undefined) return false;
  list.push(known);
  return true;
}

/** The text that a word stands for; undefined if it is none. */
function textOf(written: string): string | undefined {
  if (!written.startsWith('"')) return written === "" ? undefined : written;
  try {
    const text: unknown = JSON.parse(written);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

function spanOf(file: string, line: number, text: string): Span {
  return { file, start: { line, column: 1 }, end: { line, column: text.length + 1 } };
}
