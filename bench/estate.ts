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
  { name: "small", apis: 3, roles: 5, permissionsPerRole: 20, clients: 3, grants: 5 },
  { name: "reference", apis: 10, roles: 50, permissionsPerRole: 40, clients: 20, grants: 60 },
  { name: "large", apis: 40, roles: 300, permissionsPerRole: 120, clients: 150, grants: 500 },
];

interface MadeApi {
  readonly key: string;
  readonly scopes: readonly string[];
}

/** The files of `rbac/` for an estate of that size. The shipped policies fit it: it has their role and their client. */
export function makeEstate(size: EstateSize, seed: number): MadeEstate {
  const random = randomOf(seed);
  const files = new Map<string, string>();
  const apis = areas.slice(0, size.apis).map((area): MadeApi => ({ key: area, scopes: scopesOf(area) }));
  for (const api of apis) files.set(`rbac/apis/${api.key}.yaml`, apiText(api, random));

  const keys = roleKeys(size.roles);
  for (const [index, key] of keys.entries()) {
    const included = index > 0 && random.once(4) ? keys[random.below(index)] : undefined;
    files.set(
      `rbac/roles/${key}.yaml`,
      roleText(key, included, selections(apis, size.permissionsPerRole, random)),
    );
  }

  for (let index = 0; index < size.clients - 1; index += 1) {
    const others = size.clients - 1;
    const count =
      Math.floor(((index + 1) * size.grants) / others) - Math.floor((index * size.grants) / others);
    const area = areas[index % areas.length] ?? "";
    const key = `${area}-worker${index < areas.length ? "" : `-${Math.floor(index / areas.length)}`}`;
    files.set(`rbac/clients/${key}.yaml`, clientText(key, area, random.some(apis, count), random));
  }
  files.set("rbac/clients/policies.yaml", policiesClient);

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

/** Scopes of several APIs, `count` in all: verbs as patterns here and there, the rest one by one. */
function selections(apis: readonly MadeApi[], count: number, random: Random): readonly [string, string[]][] {
  const perApi = things.length;
  const chosen = random.some(apis, Math.max(2, Math.ceil(count / perApi)));
  let left = count;
  return chosen.map(({ key, scopes }, index): [string, string[]] => {
    const share = Math.floor(left / (chosen.length - index));
    left -= share;
    if (share === perApi && random.once(8)) return [key, [`${verbs[random.below(verbs.length)]}:*`]];
    return [key, [...random.some(scopes, share)]];
  });
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

function roleText(
  key: string,
  included: string | undefined,
  permissions: readonly (readonly [string, readonly string[]])[],
): string {
  const name = key.split("-").map(title).join(" ");
  return `name: ${name}
description: What a ${name.toLowerCase()} needs for the work of a day
owner: team-${key.split("-")[0]}
${included === undefined ? "" : `includes: [${included}]\n`}permissions:
${permissions.map(([api, scopes]) => `  ${api}:${listOf(scopes)}`).join("\n")}
`;
}

function clientText(key: string, area: string, apis: readonly MadeApi[], random: Random): string {
  const grants = apis.map((api) => `  ${api.key}:${listOf(random.some(api.scopes, 1 + random.below(6)))}`);
  return `name: ${key.split("-").map(title).join(" ")}
description: Works for ${area} at night
type: machine
owner: team-${area}
${grants.length === 0 ? "" : `grants:\n${grants.join("\n")}\n`}`;
}

const policiesClient = `name: Policies
description: Calls the Management API for the policies in hooks/
type: machine
owner: team-identity
grants:
  management: from-policies
`;

const longestLine = 100;

/** A list as formatters write it: in one line if it is short, else one item to a line. */
function listOf(items: readonly string[]): string {
  const inLine = ` [${items.map((item) => (item.includes("*") ? `"${item}"` : item)).join(", ")}]`;
  return inLine.length <= longestLine ? inLine : items.map((item) => `\n    - ${item}`).join("");
}

function title(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
