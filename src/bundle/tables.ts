// Tables of the access model as code: data that policies look up instead of calling anywhere.
import type { AccessModel, Group } from "../model/access-model.ts";
import type { ValueSource } from "../model/bundles.ts";
import { compareText } from "../model/diagnostic.ts";
import type { AccessTable } from "../model/flows.ts";
import { stageValuesIn } from "../model/stage.ts";

/** Code that reads a value which travels apart. */
type Read = (source: ValueSource) => string;

/** The table as a JavaScript expression, in the shape that `groupTable()` and `permissionTable()` settings have. */
export function tableCode(table: AccessTable, model: AccessModel, read: Read): string {
  return table === "groups" ? groupsCode(model, read) : permissionsCode(model, read);
}

/** The values that the table's code reads. */
export function tableSources(table: AccessTable, model: AccessModel): readonly ValueSource[] {
  const sources: ValueSource[] = [];
  tableCode(table, model, (source) => {
    sources.push(source);
    return "0";
  });
  return sources;
}

function groupsCode(model: AccessModel, read: Read): string {
  const byKey = new Map(model.groups.map((group) => [group.key, group]));
  const entries = model.groups.map((group) => {
    const { name, from, effective } = group;
    const isStored = (via: readonly Group["key"][]) =>
      via.some((key) => byKey.get(key)?.delivery === "stored");
    const roles = effective.roles.map(({ role, via }) => ({ role, stored: isStored(via) }));
    const claimed = roles.flatMap(({ role, stored }) => (stored ? [] : [roleName(role, model)]));
    const stored = roles.flatMap(({ role, stored }) => (stored ? [assignableRole(role, model, read)] : []));
    const data = {
      name,
      from: from.map(({ connection, group }) => [connection, group]),
      groups: sortedSet(around(group, byKey).map((each) => each.name)),
      claimed,
    };
    return `{...${JSON.stringify(data)},stored:[${stored}]}`;
  });
  return `[${entries}]`;
}

/** The group and all that it is within, at any depth. */
function around(
  group: Group,
  byKey: ReadonlyMap<Group["key"], Group>,
  seen = new Set<Group>(),
): readonly Group[] {
  if (seen.has(group)) return [];
  seen.add(group);
  return [
    group,
    ...group.within.flatMap((key) => {
      const outer = byKey.get(key);
      return outer ? around(outer, byKey, seen) : [];
    }),
  ];
}

/** A role as policies that assign it see it. */
export function assignableRole(key: string, model: AccessModel, read: Read): string {
  return `{id:${read({ kind: "role-id", role: key })},name:${JSON.stringify(roleName(key, model))}}`;
}

/** The name that tokens show for the role of that key. */
export function roleName(key: string, { roles }: AccessModel): string {
  const role = roles.find((each) => each.key === key);
  if (!role) throw new Error(`role "${key}" is not in the access model`);
  return role.name;
}

function permissionsCode({ apis, roles }: AccessModel, read: Read): string {
  const entries = apis.map((api) => {
    const byRole = roles.flatMap(({ name, permissions }) => {
      const scopes = permissions.filter((each) => each.api === api.key).map(({ scope }) => scope);
      // In brackets, since `__proto__` without them would be no key but the object's prototype.
      return scopes.length > 0 ? [`[${JSON.stringify(name)}]:${JSON.stringify(scopes)}`] : [];
    });
    return `[${templateCode(api.identifier, read)}]:{${byRole}}`;
  });
  return `{${entries}}`;
}

/** A template as an expression: its texts, and between them the stage values as the code reads them. */
function templateCode(template: string, read: Read): string {
  let end = 0;
  const parts: string[] = [];
  for (const { name, offset, length } of stageValuesIn(template)) {
    if (offset > end) parts.push(JSON.stringify(template.slice(end, offset)));
    parts.push(read({ kind: "stage", name }));
    end = offset + length;
  }
  if (end < template.length || parts.length === 0) parts.push(JSON.stringify(template.slice(end)));
  return parts.join("+");
}

const sortedSet = (texts: readonly string[]) => [...new Set(texts)].sort(compareText);
