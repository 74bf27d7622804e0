// Settings of policies, `enabled` and `onError` included.
import type { AccessModel } from "../../model/access-model.ts";
import { rolesIn, type SettingValue } from "../../model/flows.ts";
import { permissionText } from "../../model/permission.ts";
import type { Change } from "../change.ts";
import { type Phrase, phrase, words } from "../phrase.ts";
import { holdsBack } from "./powers.ts";
import type { Risks } from "./risks.ts";
import { about, type StepPair } from "./step-pair.ts";

interface Models {
  readonly base: AccessModel;
  readonly head: AccessModel;
}

/** Settings that have another value. */
export function settingChanges(pair: StepPair, models: Models, risks: Risks): readonly Change[] {
  const { before, after } = pair;
  const [then, now] = [valuesOf(before.settings), valuesOf(after.settings)];
  return [...new Set([...then.keys(), ...now.keys()])].sort().flatMap((name): readonly Change[] => {
    const [old, value] = [then.get(name), now.get(name)];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    if (name === "onError") return [failureChange(pair, value)];
    if (name === "enabled") return [switchChange(pair, value)];
    const roles = [old, value].flatMap((each) => (each ? rolesIn(each) : []));
    if (roles.length > 0) return [roleChange(pair, name, old, value, models, risks)];
    const decides = after.grants.includes(name) || before.grants.includes(name);
    const isNamespace = [old, value].some(namesClaims);
    return [
      {
        effect: decides || isNamespace ? "wider" : "flow",
        kind: "setting",
        risk: decides || isNamespace ? "medium" : "low",
        ...about(pair.flow, pair.after.policy),
        key: name,
        before: textOf(old),
        after: textOf(value),
        sentence: isNamespace
          ? phrase`${subjectOf(pair)} sets claims under ${shown(value)}, was under ${shown(old)}: whoever trusts those takes them for true`
          : phrase`${subjectOf(pair)} has ${name} ${shown(value)}, was ${shown(old)}${words(decides ? "; it decides who may do what" : "")}`,
      },
    ];
  });
}

function valuesOf(settings: StepPair["before"]["settings"]): ReadonlyMap<string, SettingValue> {
  return new Map(settings.map(({ name, value }) => [name, value]));
}

function subjectOf({ flow, after }: StepPair): Phrase {
  return phrase`${words(flow)}: ${after.policy}`;
}

/** Roles that a policy gives: more if they bring a permission that the old ones do not. */
function roleChange(
  { flow, after }: StepPair,
  name: string,
  old: SettingValue | undefined,
  value: SettingValue | undefined,
  models: Models,
  risks: Risks,
): Change {
  const [then, now] = [old ? rolesIn(old) : [], value ? rolesIn(value) : []];
  const had = permissionsOf(then, models.base);
  const has = permissionsOf(now, models.head);
  const isLess = [...has].every((each) => had.has(each)) && now.every((role) => then.includes(role));
  const isDefault =
    after.policy === "assign-default-role" ||
    (value?.kind === "role" && after.uses.includes("users.roles.assign"));
  const rolePhrase = (keys: readonly string[]) =>
    keys.length === 0
      ? words("none")
      : keys.flatMap((key, index) => [...(index === 0 ? [] : [", "]), { name: key, isQuoted: true }]);
  return {
    effect: isLess ? "narrower" : "wider",
    kind: "setting",
    risk: isLess ? "low" : now.some((role) => risks.ofRole(role) === "high") ? "high" : "medium",
    ...about(flow, after.policy, [...now, ...then]),
    key: name,
    before: then.join(", "),
    after: now.join(", "),
    sentence: isDefault
      ? phrase`new users now get role ${rolePhrase(now)}, was ${rolePhrase(then)} (${after.policy}, ${words(flow)})`
      : phrase`${words(flow)}: ${after.policy} has ${name} ${rolePhrase(now)}, was ${rolePhrase(then)}`,
  };
}

function permissionsOf(keys: readonly string[], { roles }: AccessModel): ReadonlySet<string> {
  return new Set(
    roles
      .filter(({ key }) => keys.includes(key))
      .flatMap(({ permissions }) => permissions.map(permissionText)),
  );
}

function failureChange(pair: StepPair, value: SettingValue | undefined): Change {
  const goesOn = value?.kind === "literal" && value.value === "continue";
  const isWider = goesOn && holdsBack(pair.after);
  return {
    effect: isWider ? "wider" : goesOn ? "flow" : "narrower",
    kind: "failure",
    risk: isWider ? "high" : "low",
    ...about(pair.flow, pair.after.policy),
    key: "onError",
    sentence: goesOn
      ? phrase`${subjectOf(pair)} lets people in when it fails${words(isWider ? ", and so denies nobody then" : "")}`
      : phrase`${subjectOf(pair)} denies when it fails`,
  };
}

function switchChange(pair: StepPair, value: SettingValue | undefined): Change {
  const isSwitched = value?.kind === "stage";
  const isWider = isSwitched && holdsBack(pair.after);
  return {
    effect: isWider ? "wider" : "flow",
    kind: "setting",
    risk: isWider ? "high" : "low",
    ...about(pair.flow, pair.after.policy),
    key: "enabled",
    sentence: isSwitched
      ? phrase`${subjectOf(pair)} can be switched off by the stage value ${value.name}`
      : phrase`${subjectOf(pair)} runs in every stage`,
  };
}

/** A stage value that is a claim namespace, or a URL that ends as one does. */
function namesClaims(value: SettingValue | undefined): boolean {
  if (value?.kind === "stage") return value.form === "claimNamespace";
  return value?.kind === "literal" && typeof value.value === "string" && /^https?:.*\/$/.test(value.value);
}

/** Characters of a literal that a sentence shows. */
const mostShown = 80;

function shown(value: SettingValue | undefined): Phrase {
  const text = textOf(value);
  if (value === undefined) return words("nothing");
  return phrase`${text.length > mostShown ? `${text.slice(0, mostShown)}…` : text}`;
}

function textOf(value: SettingValue | undefined): string {
  switch (value?.kind) {
    case undefined:
      return "";
    case "literal":
      return JSON.stringify(value.value);
    case "stage":
      return `stage("${value.name}")`;
    case "secret":
      return `secret("${value.name}")`;
    case "table":
      return `the table of ${value.table}`;
    case "role":
    case "role-names":
      return rolesIn(value).join(", ");
  }
}
