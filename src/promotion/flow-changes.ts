import type { SettingValue } from "../model/flows.ts";
import type { Release, ReleasedFlow, ReleasedStep } from "../model/release.ts";
import { type Change, type Phrase, phrase, quoted } from "../review/index.ts";

/** What runs differently in the head: policies, their settings, what they may do, and the code. In the order of the flows. */
export function flowChanges(base: Release, head: Release): readonly Change[] {
  const names = new Set([...base.flows, ...head.flows].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const before = base.flows.find((flow) => flow.name === name);
    const after = head.flows.find((flow) => flow.name === name);
    const said = [...orderChange(name, before, after), ...stepChanges(name, before, after)];
    if (said.length > 0 || same(codeOf(base, name), codeOf(head, name))) return said;
    return [change(name, "code", phrase`${name}: the code is another`)];
  });
}

const codeOf = ({ bundles }: Release, name: string) => bundles.filter(({ flow }) => flow === name);

function orderChange(
  name: string,
  before: ReleasedFlow | undefined,
  after: ReleasedFlow | undefined,
): readonly Change[] {
  const [was, is] = [listed(before), listed(after)];
  return was === is ? [] : [change(name, "policy", phrase`${name}: runs ${is}, ran ${was}`)];
}

/** What runs, others' actions among it. */
function listed(flow: ReleasedFlow | undefined): string {
  const { before = [], after = [] } = flow?.externalActions ?? {};
  const policies = flow?.steps.map(({ policy }) => policy) ?? [];
  return [...before, ...policies, ...after].join(", ") || "nothing";
}

/** Of policies that run in both, the n-th of a name compared with the n-th. */
function stepChanges(
  name: string,
  before: ReleasedFlow | undefined,
  after: ReleasedFlow | undefined,
): readonly Change[] {
  const olds = [...(before?.steps ?? [])];
  return (after?.steps ?? []).flatMap((step) => {
    const index = olds.findIndex(({ policy }) => policy === step.policy);
    const [old] = index < 0 ? [] : olds.splice(index, 1);
    return old ? stepChange(name, old, step) : [];
  });
}

function stepChange(flow: string, old: ReleasedStep, step: ReleasedStep): readonly Change[] {
  const { policy } = step;
  const names = new Set([...old.settings, ...step.settings].map(({ name }) => name));
  const settings = [...names].flatMap((name) => {
    const [was, is] = [settingOf(old, name), settingOf(step, name)];
    if (same(was, is)) return [];
    const sentence = phrase`${flow}: ${quoted(name)} of ${policy} is ${shown(is)}, was ${shown(was)}`;
    return [change(flow, "setting", sentence)];
  });
  if (settings.length > 0 || same({ ...old, settings }, { ...step, settings })) return settings;
  return [change(flow, "operation", phrase`${flow}: ${policy} uses, needs or calls something else`)];
}

const settingOf = ({ settings }: ReleasedStep, name: string) =>
  settings.find((setting) => setting.name === name)?.value;

function shown(value: SettingValue | undefined): Phrase {
  switch (value?.kind) {
    case undefined:
      return phrase`not given`;
    case "literal":
      return phrase`${JSON.stringify(value.value)}`;
    case "role":
      return phrase`role ${quoted(value.role)}`;
    case "role-names":
      return phrase`roles ${value.roles.join(", ")}`;
    case "table":
      return phrase`table ${value.table}`;
    case "stage":
    case "secret":
      return phrase`stage value ${quoted(value.name)}`;
  }
}

function change(flow: string, kind: Change["kind"], sentence: Phrase): Change {
  return { effect: "flow", kind, risk: "medium", sentence, things: [{ kind: "flow", key: flow }] };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
