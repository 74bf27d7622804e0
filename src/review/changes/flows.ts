// What runs at registration, login and token exchange: access where a policy gives, takes or denies it.
import type { AccessModel } from "../../model/access-model.ts";
import { type FlowName, flowNames, isSwitchedOff, rolesIn } from "../../model/flows.ts";
import type { RecordedFlow, RecordedFlows, RecordedStep } from "../../model/recorded-flows.ts";
import type { Change } from "../change.ts";
import { type Phrase, phrase, words } from "../phrase.ts";
import { codeChanges } from "./code.ts";
import { orderChanges } from "./order.ts";
import { listDifference } from "./pairs.ts";
import { gives, holdsBack } from "./powers.ts";
import type { Risks } from "./risks.ts";
import { settingChanges } from "./settings.ts";
import { about, type StepPair } from "./step-pair.ts";

/**
 * Changes of what runs. A policy that denies, takes scopes away or keeps a promise of the declarations holds access back; one
 * that adds roles, calls the Management API or has settings that decide about access gives it. Which way another setting or
 * other code goes only the policy knows.
 */
export function flowChanges(
  base: RecordedFlows,
  head: RecordedFlows,
  models: { readonly base: AccessModel; readonly head: AccessModel },
  risks: Risks,
): readonly Change[] {
  const changes = flowNames.flatMap((name) => {
    const before = base.flows.find((flow) => flow.name === name);
    const after = head.flows.find((flow) => flow.name === name);
    const { kept, added, removed } = matched(name, before?.steps ?? [], after?.steps ?? []);
    return [
      ...added.map((step) => addedChange(name, step, risks)),
      ...removed.map((step) => removedChange(name, step)),
      ...kept.flatMap((pair) => [
        ...settingChanges(pair, models, risks),
        ...powerChanges(pair),
        ...useChanges(pair),
      ]),
      ...orderChanges(name, kept),
      ...externalChanges(name, before, after),
    ];
  });
  return [...changes, ...codeChanges(base, head)];
}

/** The steps that both have, by policy and, of one that stands there several times, by number; in the head's order. */
function matched(flow: FlowName, before: readonly RecordedStep[], after: readonly RecordedStep[]) {
  const running = (steps: readonly RecordedStep[]) => numbered(steps.filter((step) => !isSwitchedOff(step)));
  const [then, now] = [running(before), running(after)];
  return {
    kept: [...now].flatMap(([name, step]): readonly StepPair[] => {
      const old = then.get(name);
      return old ? [{ flow, before: old, after: step }] : [];
    }),
    added: [...now].filter(([name]) => !then.has(name)).map(([, step]) => step),
    removed: [...then].filter(([name]) => !now.has(name)).map(([, step]) => step),
  };
}

function numbered(steps: readonly RecordedStep[]): ReadonlyMap<string, RecordedStep> {
  const counts = new Map<string, number>();
  return new Map(
    steps.map((step) => {
      const count = (counts.get(step.policy) ?? 0) + 1;
      counts.set(step.policy, count);
      return [`${step.policy} ${count}`, step];
    }),
  );
}

function addedChange(flow: FlowName, step: RecordedStep, risks: Risks): Change {
  const roles = step.settings.flatMap(({ value }) => rolesIn(value));
  const effect = gives(step) && !holdsBack(step) ? "wider" : holdsBack(step) ? "narrower" : "flow";
  const isHigh = roles.some((role) => risks.ofRole(role) === "high");
  const given =
    roles.length > 0 ? phrase` with ${words(roles.length === 1 ? "role" : "roles")} ${namesOf(roles)}` : [];
  return {
    effect,
    kind: "policy",
    risk: effect !== "wider" ? "low" : isHigh ? "high" : "medium",
    ...about(flow, step.policy, roles),
    after: step.policy,
    sentence: phrase`${words(flow)}: ${step.policy} now runs${given}`,
  };
}

function removedChange(flow: FlowName, step: RecordedStep): Change {
  const roles = step.settings.flatMap(({ value }) => rolesIn(value));
  const effect = holdsBack(step) ? "wider" : gives(step) ? "narrower" : "flow";
  const held = step.does.includes("deny")
    ? ", so nobody is denied by it"
    : step.does.includes("removeScope")
      ? ", so no scope is taken away by it"
      : "";
  return {
    effect,
    kind: "policy",
    risk: effect === "wider" ? "high" : "low",
    ...about(flow, step.policy, roles),
    before: step.policy,
    sentence: phrase`${words(flow)}: ${step.policy} no longer runs${words(held)}`,
  };
}

function namesOf(roles: readonly string[]): Phrase {
  return roles.flatMap((role, index) => [...(index === 0 ? [] : [", "]), ...phrase`${role}`]);
}

/** What a policy can do, by its text and by what it says of itself. */
function powerChanges({ flow, before, after }: StepPair): readonly Change[] {
  const change = { kind: "policy", ...about(flow, after.policy), after: after.policy } as const;
  const subject = phrase`${words(flow)}: ${after.policy}`;
  const powers = listDifference(before.does, after.does);
  const promises = listDifference(before.enforces, after.enforces);
  return [
    ...powers.removed
      .filter((power) => power !== "addRole")
      .map(
        (power): Change => ({
          ...change,
          effect: "wider",
          risk: "high",
          sentence: phrase`${subject} no longer ${words(power === "deny" ? "denies anybody" : "takes scopes away")}`,
        }),
      ),
    ...powers.added
      .filter((power) => power === "addRole")
      .map(
        (): Change => ({
          ...change,
          effect: "wider",
          risk: "medium",
          sentence: phrase`${subject} can now give people roles`,
        }),
      ),
    ...promises.removed.map(
      (promise): Change => ({
        ...change,
        effect: "wider",
        risk: "high",
        sentence: phrase`${subject} no longer sees to ${words(promiseTexts[promise])}`,
      }),
    ),
    ...promises.added.map(
      (promise): Change => ({
        ...change,
        effect: "narrower",
        risk: "low",
        sentence: phrase`${subject} now sees to ${words(promiseTexts[promise])}`,
      }),
    ),
  ];
}

const promiseTexts = {
  allowedRoles: "who may sign in with which client (allowedRoles)",
  groups: "the roles of groups",
  storedGroups: "the stored roles of groups",
} as const;

/** What a policy reaches: operations, hosts, packages. */
function useChanges({ flow, before, after }: StepPair): readonly Change[] {
  const subject = phrase`${words(flow)}: ${after.policy}`;
  const list = (
    kind: "operation" | "host" | "dependency",
    [then, now]: readonly [readonly string[], readonly string[]],
    verb: string,
    risk: Change["risk"],
  ) => {
    const { added, removed } = listDifference(then, now);
    const change = { effect: "flow", kind, ...about(flow, after.policy) } as const;
    return [
      ...added.map(
        (each): Change => ({
          ...change,
          risk,
          after: each,
          sentence: phrase`${subject} now also ${words(verb)} ${each}`,
        }),
      ),
      ...removed.map(
        (each): Change => ({
          ...change,
          risk: "low",
          before: each,
          sentence: phrase`${subject} no longer ${words(verb)} ${each}`,
        }),
      ),
    ];
  };
  const packages = ({ dependencies }: RecordedStep) =>
    dependencies.map(({ name, version }) => `${name} ${version}`);
  return [
    ...list("operation", [before.uses, after.uses], "uses", "medium"),
    ...list("host", [before.hosts, after.hosts], "calls", "high"),
    ...list("dependency", [packages(before), packages(after)], "needs", "medium"),
  ];
}

/** Actions of others around the policies: what they do is not known here. */
function externalChanges(
  flow: FlowName,
  before: RecordedFlow | undefined,
  after: RecordedFlow | undefined,
): readonly Change[] {
  const actionsOf = (one: RecordedFlow | undefined) => [
    ...(one?.externalActions.before ?? []),
    ...(one?.externalActions.after ?? []),
  ];
  const { added, removed } = listDifference(actionsOf(before), actionsOf(after));
  const change = { kind: "external-action", risk: "medium", ...about(flow, undefined) } as const;
  return [
    ...added.map(
      (name): Change => ({
        ...change,
        effect: "flow",
        after: name,
        sentence: phrase`${words(flow)}: the action ${name} of others is kept`,
      }),
    ),
    ...removed.map(
      (name): Change => ({
        ...change,
        effect: "wider",
        before: name,
        sentence: phrase`${words(flow)}: the action ${name} of others is no longer kept, so whom it denied is let in`,
      }),
    ),
  ];
}
