// Who a client is and takes in, and where tokens are sent; what it is granted is told elsewhere.
import type { AccessModel, Client } from "../../model/access-model.ts";
import type { Risk } from "../../model/declarations.ts";
import type { Change } from "../change.ts";
import { enumerationUpTo, type Phrase, phrase, quoted, words } from "../phrase.ts";
import { ownChanges } from "./own.ts";
import { listDifference, pairsOf } from "./pairs.ts";
import type { Risks } from "./risks.ts";

/** Changes of clients themselves. */
export function clientChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  return pairsOf(base.clients, head.clients).flatMap(({ key, before, after }): readonly Change[] => {
    const things: Change["things"] = [{ kind: "client", key: key as Client["key"] }]; // as: it is one's
    if (!after)
      return [
        {
          effect: "narrower",
          kind: "client",
          risk: "low",
          things,
          sentence: phrase`client ${quoted(key)} is gone`,
        },
      ];
    if (!before) return [newClient(after, things)];
    return [
      ...identityChanges(before, after, things),
      ...keyChanges(before, after, things),
      ...addressChanges(before, after, things),
      ...metadataChanges(before, after, things),
      ...connectionChanges(before, after, things),
      ...allowedRoleChanges(before, after, things, risks),
      ...ownChanges("client", before, after),
    ];
  });
}

function newClient(client: Client, things: Change["things"]): Change {
  const { key, type, connections, allowedRoles, callbacks } = client;
  const change = {
    effect: "wider",
    kind: "client",
    risk: type === "machine" ? "low" : "medium",
    things,
  } as const;
  if (type === "machine") return { ...change, sentence: phrase`new machine ${quoted(key)}` };
  const who = allowedRoles ? phrase`people with ${rolesPhrase(allowedRoles)}` : words("everybody");
  const from = connections.length > 0 ? phrase` of ${enumerationUpTo(3, connections.map(quoted))}` : [];
  const to = callbacks.length > 0 ? phrase`, tokens go to ${enumerationUpTo(3, callbacks.map(quoted))}` : [];
  return {
    ...change,
    sentence: phrase`${who}${from} can sign in with the new ${words(type)} client ${quoted(key)}${to}`,
  };
}

function rolesPhrase(keys: readonly string[]): Phrase {
  return phrase`${words(keys.length === 1 ? "role" : "one of the roles")} ${enumerationUpTo(
    3,
    keys.map((key) => phrase`${key}`),
  )}`;
}

/** How well a client proves who it is. */
const strength: readonly Client["authentication"]["kind"][] = ["none", "secret", "private-key"];
const proofs = {
  none: "nothing at all",
  secret: "a secret",
  "private-key": "a private key",
} as const;

function identityChanges(before: Client, after: Client, things: Change["things"]): readonly Change[] {
  const [then, now] = [before.authentication.kind, after.authentication.kind];
  const changes: Change[] = [];
  if (before.type !== after.type)
    changes.push({
      effect: "changed",
      kind: "client-type",
      risk: "medium",
      things,
      key: "type",
      before: before.type,
      after: after.type,
      sentence: phrase`client ${quoted(after.key)} is of type ${after.type}, was ${before.type}`,
    });
  if (then !== now) {
    const isWeaker = strength.indexOf(now) < strength.indexOf(then);
    changes.push({
      effect: isWeaker ? "wider" : "narrower",
      kind: "authentication",
      risk: isWeaker ? "high" : "low",
      things,
      key: "authentication",
      sentence: phrase`client ${quoted(after.key)} proves who it is by ${words(proofs[now])}, was by ${words(proofs[then])}`,
    });
  }
  return changes;
}

function keyChanges(before: Client, after: Client, things: Change["things"]): readonly Change[] {
  const keysOf = ({ authentication }: Client) =>
    authentication.kind === "private-key" ? authentication.publicKeys : [];
  const text = (pem: string) => pem.replaceAll(/\s/g, "");
  const missingIn = (list: ReturnType<typeof keysOf>) => (key: ReturnType<typeof keysOf>[number]) =>
    !list.some((each) => each.algorithm === key.algorithm && text(each.pem) === text(key.pem));
  const [then, now] = [keysOf(before), keysOf(after)];
  return [
    ...now.filter(missingIn(then)).map(
      ({ name }): Change => ({
        effect: "wider",
        kind: "public-key",
        risk: "high",
        things,
        key: "publicKeys",
        sentence: phrase`whoever has the private key to ${quoted(name)} can now pass for client ${quoted(after.key)}`,
      }),
    ),
    ...then.filter(missingIn(now)).map(
      ({ name }): Change => ({
        effect: "narrower",
        kind: "public-key",
        risk: "low",
        things,
        key: "publicKeys",
        sentence: phrase`the private key to ${quoted(name)} no longer passes for client ${quoted(after.key)}`,
      }),
    ),
  ];
}

function addressChanges(before: Client, after: Client, things: Change["things"]): readonly Change[] {
  const changesOf = (kind: "callback" | "logout-url", then: readonly string[], now: readonly string[]) => {
    const { added, removed } = listDifference(then, now);
    const what = kind === "callback" ? "tokens for" : "people who sign out of";
    return [
      ...added.map(
        (url): Change => ({
          effect: "wider",
          kind,
          risk: addressRisk(kind, url),
          things,
          after: url,
          sentence: phrase`${words(what)} client ${quoted(after.key)} can now be sent to ${quoted(url)}`,
        }),
      ),
      ...removed.map(
        (url): Change => ({
          effect: "narrower",
          kind,
          risk: "low",
          things,
          before: url,
          sentence: phrase`${words(what)} client ${quoted(after.key)} can no longer be sent to ${quoted(url)}`,
        }),
      ),
    ];
  };
  return [
    ...changesOf("callback", before.callbacks, after.callbacks),
    ...changesOf("logout-url", before.logoutUrls, after.logoutUrls),
  ];
}

/** What policies are told of the client: which way that goes only they know. */
function metadataChanges(before: Client, after: Client, things: Change["things"]): readonly Change[] {
  const names = [...new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)])].sort();
  return names.flatMap((name): readonly Change[] => {
    const [then, now] = [before.metadata[name], after.metadata[name]];
    if (then === now) return [];
    const value = (text: string | undefined) => (text === undefined ? words("nothing") : quoted(text));
    return [
      {
        effect: "wider",
        kind: "metadata",
        risk: "medium",
        things,
        key: name,
        ...(then !== undefined && { before: then }),
        ...(now !== undefined && { after: now }),
        sentence: phrase`policies are told ${value(now)} as ${quoted(name)} of client ${quoted(after.key)}, was ${value(then)}`,
      },
    ];
  });
}

/** Addresses with a star, without encryption or on one's own machine let others have tokens. */
function addressRisk(kind: "callback" | "logout-url", url: string): Risk {
  if (kind === "logout-url") return "low";
  return /^http:|\*|localhost/.test(url) ? "high" : "medium";
}

function connectionChanges(before: Client, after: Client, things: Change["things"]): readonly Change[] {
  const { added, removed } = listDifference(before.connections, after.connections);
  return [
    ...added.map(
      (connection): Change => ({
        effect: "wider",
        kind: "connection",
        risk: "medium",
        things,
        after: connection,
        sentence: phrase`people of connection ${quoted(connection)} can now sign in with client ${quoted(after.key)}`,
      }),
    ),
    ...removed.map(
      (connection): Change => ({
        effect: "narrower",
        kind: "connection",
        risk: "low",
        things,
        before: connection,
        sentence: phrase`people of connection ${quoted(connection)} can no longer sign in with client ${quoted(after.key)}`,
      }),
    ),
  ];
}

function allowedRoleChanges(
  before: Client,
  after: Client,
  things: Change["things"],
  risks: Risks,
): readonly Change[] {
  const [then, now] = [before.allowedRoles, after.allowedRoles];
  const change = { kind: "allowed-roles", things, key: "allowedRoles" } as const;
  if (then && !now)
    return [
      {
        ...change,
        effect: "wider",
        risk: "high",
        sentence: phrase`everybody can now sign in with client ${quoted(after.key)}, was only people with ${rolesPhrase(then)}`,
      },
    ];
  if (!then && now)
    return [
      {
        ...change,
        effect: "narrower",
        risk: "low",
        sentence: phrase`only people with ${rolesPhrase(now)} can sign in with client ${quoted(after.key)}, was everybody`,
      },
    ];
  const { added, removed } = listDifference(then ?? [], now ?? []);
  return [
    ...added.map(
      (role): Change => ({
        ...change,
        effect: "wider",
        risk: risks.ofRole(role) === "high" ? "high" : "medium",
        after: role,
        sentence: phrase`people with role ${role} can now sign in with client ${quoted(after.key)}`,
      }),
    ),
    ...removed.map(
      (role): Change => ({
        ...change,
        effect: "narrower",
        risk: "low",
        before: role,
        sentence: phrase`people with role ${role} can no longer sign in with client ${quoted(after.key)}`,
      }),
    ),
  ];
}
