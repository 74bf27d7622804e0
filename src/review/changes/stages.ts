// What stacks give the same code and access: values that stand for parts of addresses, and how Rolebook works there.
import type { AccessModel } from "../../model/access-model.ts";
import type { Declarations, StackDeclaration } from "../../model/declarations.ts";
import type { RecordedFlows } from "../../model/recorded-flows.ts";
import { stackSettings, stageValuesIn } from "../../model/stage.ts";
import type { Change, Thing } from "../change.ts";
import { enumerationUpTo, type Phrase, phrase, quoted, words } from "../phrase.ts";
import { pairsOf } from "./pairs.ts";

/** One state of what stacks decide, with what their values stand in. */
export interface StagedState {
  readonly declarations: Declarations;
  readonly model: AccessModel;
  readonly flows: RecordedFlows;
}

/** Changes of what stacks give; values of secrets are not known here. */
export function stageChanges(base: StagedState, head: StagedState): readonly Change[] {
  const keyed = (stacks: readonly StackDeclaration[]) => stacks.map((each) => ({ ...each, key: each.stack }));
  return pairsOf(keyed(base.declarations.stacks), keyed(head.declarations.stacks)).flatMap(
    ({ key, before, after }): readonly Change[] => {
      const things: Change["things"] = [{ kind: "stack", key }];
      if (!before)
        return [
          {
            effect: "changed",
            kind: "stack",
            risk: "low",
            things,
            sentence: phrase`new stack ${quoted(key)}`,
          },
        ];
      if (!after)
        return [
          {
            effect: "changed",
            kind: "stack",
            risk: "low",
            things,
            sentence: phrase`stack ${quoted(key)} is gone`,
          },
        ];
      const [then, now] = [valuesOf(before, base.declarations), valuesOf(after, head.declarations)];
      return [...new Set([...then.keys(), ...now.keys()])].sort().flatMap((name): readonly Change[] => {
        const [old, value] = [then.get(name), now.get(name)];
        if (old === value) return [];
        return [valueChange(name, key, old, value, things, head)];
      });
    },
  );
}

function valueChange(
  name: string,
  stack: string,
  old: string | undefined,
  value: string | undefined,
  things: Change["things"],
  head: StagedState,
): Change {
  const change = {
    kind: "stage-value",
    things,
    key: `rolebook:${name}`,
    ...(old !== undefined && { before: old }),
    ...(value !== undefined && { after: value }),
  } as const;
  const was = phrase`${shown(value)}, was ${shown(old)}`;
  if (name === "protect") {
    const isOff = value === "false";
    return {
      ...change,
      effect: isOff ? "wider" : "narrower",
      kind: "protection",
      risk: isOff ? "high" : "low",
      sentence: isOff
        ? phrase`nothing is protected from being deleted in stack ${quoted(stack)}`
        : phrase`roles and APIs are protected from being deleted in stack ${quoted(stack)}`,
    };
  }
  if (name === "promotesFrom") {
    const [then, now] = [old, value].map((each) => (each === "none" ? undefined : each));
    return {
      ...change,
      effect: then === undefined ? "narrower" : "wider",
      kind: "promotion",
      risk: then === undefined ? "low" : "high",
      sentence:
        now === undefined
          ? phrase`stack ${quoted(stack)} takes what no other has run, was only what ${quoted(then ?? "")} has`
          : phrase`stack ${quoted(stack)} takes only what ${quoted(now)} has run, was ${then === undefined ? words("anything") : phrase`what ${quoted(then)} has`}`,
    };
  }
  if (stackSettings.some((each) => each === name))
    return {
      ...change,
      effect: "flow",
      risk: "medium",
      sentence: phrase`stack ${quoted(stack)} has ${words(name)} ${was}`,
    };
  const uses = usesOf(name, head);
  const decides = uses.some(({ isAccess }) => isAccess);
  const where =
    uses.length > 0
      ? phrase`; it stands in ${enumerationUpTo(
          4,
          uses.map((use) => use.says),
        )}`
      : [];
  return {
    ...change,
    effect: decides ? "wider" : "changed",
    risk: decides ? "medium" : "low",
    sentence: phrase`${quoted(name)} is ${was} in stack ${quoted(stack)}${where}`,
  };
}

function shown(value: string | undefined): Phrase {
  return value === undefined ? words("nothing") : quoted(value);
}

/** What the stack gives, defaults of the project included; undefined secrets left out. */
function valuesOf({ values }: StackDeclaration, { stageValues }: Declarations): ReadonlyMap<string, string> {
  const defaults = stageValues.flatMap(({ name, default: given }) =>
    given ? [[name as string, String(given.value)] as const] : [],
  );
  const own = values.flatMap(({ name, value }) =>
    value === "secure" ? [] : [[name as string, String(value.value)] as const],
  );
  return new Map([...defaults, ...own]);
}

interface Use {
  readonly says: Phrase;
  /** True if another value lets others have tokens, or trusts others. */
  readonly isAccess: boolean;
}

/** Where a stage value stands: in addresses, identifiers, and settings of policies. */
function usesOf(name: string, { model, flows }: StagedState): readonly Use[] {
  const holds = (template: string) => stageValuesIn(template).some((each) => each.name === name);
  const use = (says: Phrase, isAccess: boolean, templates: readonly string[]): readonly Use[] =>
    templates.some(holds) ? [{ says, isAccess }] : [];
  return [
    ...model.clients.flatMap(({ key, callbacks, logoutUrls }) => [
      ...use(phrase`callbacks of ${quoted(key)}`, true, callbacks),
      ...use(phrase`logout URLs of ${quoted(key)}`, true, logoutUrls),
    ]),
    ...flows.flows.flatMap((flow) =>
      flow.steps.flatMap(({ policy, settings }) =>
        settings.flatMap((setting): readonly Use[] =>
          setting.value.kind === "stage" && setting.value.name === name
            ? [{ says: phrase`${setting.name} of ${policy}`, isAccess: true }]
            : [],
        ),
      ),
    ),
    ...model.apis.flatMap(({ key, identifier }) =>
      use(phrase`the identifier of ${quoted(key)}`, false, [identifier]),
    ),
  ];
}

/** What stack files say of Rolebook or the provider beside stage values: which tenant they are for. */
export function tenantChanges(
  base: ReadonlyMap<string, string>,
  head: ReadonlyMap<string, string>,
): readonly Change[] {
  return [...head].flatMap(([stack, domain]): readonly Change[] => {
    const old = base.get(stack);
    if (old === undefined || old === domain) return [];
    const thing: Thing = { kind: "stack", key: stack };
    return [
      {
        effect: "wider",
        kind: "stack",
        risk: "high",
        things: [thing],
        key: "auth0:domain",
        before: old,
        after: domain,
        sentence: phrase`stack ${quoted(stack)} is for the tenant ${quoted(domain)}, was for ${quoted(old)}`,
      },
    ];
  });
}
