// What an API defines, and how tokens for it are got.
import type { AccessModel, Api } from "../../model/access-model.ts";
import type { Risk } from "../../model/declarations.ts";
import type { Change } from "../change.ts";
import { enumerationUpTo, phrase, quoted, words } from "../phrase.ts";
import { durationText } from "./duration.ts";
import { ownChanges } from "./own.ts";
import { type Pair, pairsOf } from "./pairs.ts";
import type { Risks } from "./risks.ts";

/** Changes of APIs themselves; who may use their scopes is told elsewhere. */
export function apiChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  return pairsOf(base.apis, head.apis).flatMap(({ key, before, after }): readonly Change[] => {
    if (before && after)
      return [...settingChanges({ key, before, after }, risks), ...ownChanges("api", before, after)];
    const api = after ?? before;
    if (!api) return [];
    const things: Change["things"] = [{ kind: "api", key }];
    const scopes = enumerationUpTo(
      4,
      api.scopes.map(({ value }) => phrase`${value}`),
    );
    if (before)
      return [
        { effect: "narrower", kind: "api", risk: "low", things, sentence: phrase`API ${api.name} is gone` },
      ];
    const isOpen = !api.enforceRbac;
    return [
      {
        effect: isOpen ? "wider" : "changed",
        kind: "api",
        risk: isOpen ? highest(api, risks) : "low",
        things,
        sentence: isOpen
          ? phrase`everybody who signs in can get all scopes of the new API ${api.name}, where RBAC is off: ${scopes}`
          : phrase`new API ${api.name} defines ${scopes}`,
      },
    ];
  });
}

function settingChanges(
  { key, before, after }: Pair<Api> & { readonly before: Api; readonly after: Api },
  risks: Risks,
): readonly Change[] {
  const things: Change["things"] = [{ kind: "api", key }];
  const { name } = after;
  const changes: Change[] = [];
  const add = (change: Omit<Change, "things">) => changes.push({ things, ...change });

  if (before.enforceRbac && !after.enforceRbac)
    add({
      effect: "wider",
      kind: "rbac",
      risk: "high",
      key: "rbac",
      sentence: phrase`everybody who signs in can get all scopes of ${name}, whatever roles they have: RBAC is off`,
    });
  if (!before.enforceRbac && after.enforceRbac)
    add({
      effect: "narrower",
      kind: "rbac",
      risk: "low",
      key: "rbac",
      sentence: phrase`people get only the scopes of ${name} that their roles give: RBAC is on`,
    });

  if (before.requireUserGrants && !after.requireUserGrants)
    add({
      effect: "wider",
      kind: "user-grants",
      risk: "high",
      key: "requireUserGrants",
      sentence: phrase`every client can get tokens of its users for ${name}, was only those that are granted it`,
    });
  if (!before.requireUserGrants && after.requireUserGrants)
    add({
      effect: "narrower",
      kind: "user-grants",
      risk: "low",
      key: "requireUserGrants",
      sentence: phrase`clients get tokens of their users for ${name} only as far as they are granted it`,
    });

  if (!before.offlineAccess && after.offlineAccess)
    add({
      effect: "wider",
      kind: "offline-access",
      risk: "medium",
      key: "offlineAccess",
      sentence: phrase`clients can get refresh tokens for ${name}: access goes on while nobody is signed in`,
    });
  if (before.offlineAccess && !after.offlineAccess)
    add({
      effect: "narrower",
      kind: "offline-access",
      risk: "low",
      key: "offlineAccess",
      sentence: phrase`clients can no longer get refresh tokens for ${name}`,
    });

  if (before.tokenLifetime !== after.tokenLifetime) {
    const [now, then] = [durationText(after.tokenLifetime), durationText(before.tokenLifetime)];
    const isLonger = after.tokenLifetime > before.tokenLifetime;
    add({
      effect: isLonger ? "wider" : "narrower",
      kind: "token-lifetime",
      risk: isLonger ? "medium" : "low",
      key: "tokenLifetime",
      before: then,
      after: now,
      sentence: phrase`access tokens for ${name} live ${words(now)}, were ${words(then)}`,
    });
  }
  if (before.identifier !== after.identifier)
    add({
      effect: "changed",
      kind: "identifier",
      risk: "medium",
      before: before.identifier,
      after: after.identifier,
      sentence: phrase`tokens for ${name} are for the audience ${quoted(after.identifier)}, were for ${quoted(before.identifier)}`,
    });
  return [...changes, ...scopeChanges(before, after, things, risks)];
}

function scopeChanges(before: Api, after: Api, things: Change["things"], risks: Risks): readonly Change[] {
  const then = new Map(before.scopes.map((scope) => [scope.value, scope]));
  const now = new Set(after.scopes.map(({ value }) => value));
  const isOpen = !after.enforceRbac;
  const added = after.scopes
    .filter(({ value }) => !then.has(value))
    .map(
      ({ value }): Change => ({
        effect: isOpen ? "wider" : "changed",
        kind: "scope",
        risk: isOpen ? risks.of({ api: after.key, scope: value }) : "low",
        things,
        after: value,
        sentence: isOpen
          ? phrase`everybody who signs in can get the new scope ${value} on ${after.name}, where RBAC is off`
          : phrase`${after.name} defines the new scope ${value}`,
      }),
    );
  const removed = before.scopes
    .filter(({ value }) => !now.has(value))
    .map(
      ({ value }): Change => ({
        effect: "narrower",
        kind: "scope",
        risk: "low",
        things,
        before: value,
        sentence: phrase`${after.name} no longer defines ${value}`,
      }),
    );
  const rated = after.scopes.flatMap(({ value, risk }): readonly Change[] => {
    const old = then.get(value)?.risk;
    if (old === undefined || old === risk) return [];
    const isLess = severity.indexOf(risk) < severity.indexOf(old);
    return [
      {
        effect: isLess ? "wider" : "narrower",
        kind: "risk",
        risk: isLess ? old : "low",
        things,
        before: value,
        after: value,
        sentence: phrase`${value} on ${after.name} counts as ${words(risk)} risk, was ${words(old)}`,
      },
    ];
  });
  return [...added, ...removed, ...rated];
}

const severity: readonly Risk[] = ["low", "medium", "high"];

function highest({ key, scopes }: Api, risks: Risks): Risk {
  return risks.ofAll(scopes.map(({ value }) => ({ api: key, scope: value })));
}
