// Estates of a given size, made of a seed: what a company of that size would write, by hand and formatted.
import { type Random, randomOf } from "./random.ts";
import { areas, posts, regions, things, verbs } from "./words.ts";

/** How much an estate declares; every list of permissions and grants is counted with its patterns resolved. */
export interface EstateSize {
  readonly name: string;
  readonly apis: number;
  readonly roles: number;
  /** Of each role by itself; what it includes comes on top. */
  readonly permissionsPerRole: number;
  readonly groups: number;
  readonly clients: number;
  readonly grants: number;
}

/** A made estate: its files by path, and how much it holds. */
export interface MadeEstate {
  readonly files: ReadonlyMap<string, string>;
  /** Written by roles themselves, patterns resolved. */
  readonly permissions: number;
  readonly bytes: number;
}

/** The sizes that are measured, smallest first. */
export const sizes: readonly EstateSize[] = [
  { name: "small", apis: 3, roles: 5, permissionsPerRole: 20, groups: 3, clients: 3, grants: 5 },
  { name: "reference", apis: 10, roles: 50, permissionsPerRole: 40, groups: 25, clients: 20, grants: 60 },
  { name: "large", apis: 40, roles: 300, permissionsPerRole: 120, groups: 150, clients: 150, grants: 500 },
];

interface MadeApi {
  readonly key: string;
  readonly scopes: readonly string[];
}

/** Scopes of one API, and the pattern that takes just these, if one is written. */
interface Selection extends MadeApi {
  readonly pattern: string | undefined;
}

/** Texts below the key of an API. */
interface Written {
  readonly key: string;
  readonly written: readonly string[];
}

/** The files of `rbac/` for an estate of that size. The shipped policies fit it: it has their role and their client. */
export function makeEstate(size: EstateSize, seed: number): MadeEstate {
  const random = randomOf(seed);
  const files = new Map<string, string>();
  const used = new Set<string>();
  const apis = areas.slice(0, size.apis).map((area): MadeApi => ({ key: area, scopes: scopesOf(area) }));

  const keys = roleKeys(size.roles);
  for (const [index, key] of keys.entries()) {
    const included = index > 0 && random.once(4) ? keys[random.below(index)] : undefined;
    const chosen = selections(apis, size.permissionsPerRole, random);
    files.set(`rbac/roles/${key}.yaml`, roleText(key, included, chosen.map(writtenSelection)));
    for (const { scopes } of chosen) for (const scope of scopes) used.add(scope);
  }

  files.set("rbac/groups/employees.yaml", groupText("employees", []));
  for (let index = 0; index < size.groups - 1; index += 1) {
    const roles = keys.filter((_, each) => each % (size.groups - 1) === index);
    files.set(`rbac/groups/${groupKey(index)}.yaml`, groupText(groupKey(index), roles));
  }

  for (let index = 0; index < size.clients - 1; index += 1) {
    const others = size.clients - 1;
    const count =
      Math.floor(((index + 1) * size.grants) / others) - Math.floor((index * size.grants) / others);
    const area = areas[index % areas.length] ?? "";
    const key = `${area}-worker${index < areas.length ? "" : `-${Math.floor(index / areas.length)}`}`;
    const grants = random.some(apis, count).map((api) => {
      const granted = api.scopes.filter((scope) => used.has(scope));
      return { key: api.key, written: random.some(granted, 1 + random.below(6)) };
    });
    files.set(`rbac/clients/${key}.yaml`, clientText(key, area, grants));
  }
  files.set("rbac/clients/policies.yaml", policiesClient);
  // What nobody has would be warned of.
  for (const { key, scopes } of apis)
    files.set(
      `rbac/apis/${key}.yaml`,
      apiText({ key, scopes: scopes.filter((scope) => used.has(scope)) }, random),
    );
  files.set("rbac/guardrails.yaml", guardrails);

  return {
    files,
    permissions: size.roles * size.permissionsPerRole,
    bytes: [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

/** 160 of them: what patterns pick from, and no API of Auth0's may have more than 1,000. */
function scopesOf(area: string): readonly string[] {
  return things.flatMap((thing) => verbs.map((verb) => `${verb}:${area}-${thing}`));
}

/** Keys of roles; the first is the one that the shipped policies give to everybody. */
function roleKeys(count: number): readonly string[] {
  const plain = areas.flatMap((area) => posts.map((post) => `${area}-${post}`));
  const regional = regions.flatMap((region) => plain.map((key) => `${key}-${region}`));
  return ["customer", ...[...plain, ...regional].slice(0, count - 1)];
}

/** Keys of groups within that of all employees. */
function groupKey(index: number): string {
  return `${areas[index % areas.length]}-${regions[Math.floor(index / areas.length)]}`;
}

/** Scopes of several APIs, `count` in all; of one API either any, or all with one verb. */
function selections(apis: readonly MadeApi[], count: number, random: Random): readonly Selection[] {
  const perApi = things.length;
  const chosen = random.some(apis, Math.max(2, Math.ceil(count / perApi)));
  let left = count;
  return chosen.map(({ key, scopes }, index): Selection => {
    const share = Math.floor(left / (chosen.length - index));
    left -= share;
    const verb = verbs[random.below(verbs.length)];
    const isPattern = share === perApi && random.once(8);
    return isPattern
      ? { key, scopes: scopes.filter((scope) => scope.startsWith(`${verb}:`)), pattern: `${verb}:*` }
      : { key, scopes: random.some(scopes, share), pattern: undefined };
  });
}

function writtenSelection({ key, scopes, pattern }: Selection): Written {
  return { key, written: pattern === undefined ? scopes : [pattern] };
}

function apiText({ key, scopes }: MadeApi, random: Random): string {
  const lines = scopes.map((scope) => {
    const [verb = "", thing = ""] = scope.split(":");
    const description = `${title(verb)} ${thing.replaceAll("-", " ")}`;
    return verb === "delete" && random.once(2)
      ? `  ${scope}:\n    description: ${description}\n    risk: high`
      : `  ${scope}: ${description}`;
  });
  return `name: ${title(key)}
identifier: https://${key}.\${domain}/
owner: team-${key}
tokenLifetime: 1h
scopes:
${lines.join("\n")}
`;
}

function roleText(key: string, included: string | undefined, permissions: readonly Written[]): string {
  return `name: ${nameOf(key)}
description: What a ${nameOf(key).toLowerCase()} needs for the work of a day
owner: team-${key.split("-")[0]}
${included === undefined ? "" : `includes: [${included}]\n`}permissions:
${permissions.map(writtenLines).join("\n")}
`;
}

function groupText(key: string, roles: readonly string[]): string {
  return `name: ${nameOf(key)}
description: Where people of ${nameOf(key).toLowerCase()} belong
owner: team-people
${roles.length === 0 ? "" : `roles:${listOf(roles)}\nwithin: [employees]\n`}`;
}

function clientText(key: string, area: string, grants: readonly Written[]): string {
  return `name: ${nameOf(key)}
description: Works for ${area} at night
type: machine
owner: team-${area}
${grants.length === 0 ? "" : `grants:\n${grants.map(writtenLines).join("\n")}\n`}`;
}

const policiesClient = `name: Policies
description: Calls the Management API for the policies in hooks/
type: machine
owner: team-identity
grants:
  management: from-policies
`;

const guardrails = `never: # nobody may have it
  - { permission: "management/delete:*", reason: Machines do not take the tenant apart }
`;

const longestLine = 100;

/** A list as formatters write it: in one line if it is short, else one item to a line. */
function listOf(items: readonly string[]): string {
  const inLine = ` [${items.map((item) => (item.includes("*") ? `"${item}"` : item)).join(", ")}]`;
  return inLine.length <= longestLine ? inLine : items.map((item) => `\n    - ${item}`).join("");
}

function writtenLines({ key, written }: Written): string {
  return `  ${key}:${listOf(written)}`;
}

function nameOf(key: string): string {
  return key.split("-").map(title).join(" ");
}

function title(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
