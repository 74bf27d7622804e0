// Who holds a permission, and where in his own file it comes from: what guardrails look at.
import type { Permission } from "../model/access-model.ts";
import type { ClientDeclaration, RoleDeclaration } from "../model/declarations.ts";
import { permissionText } from "../model/permission.ts";
import type { Span } from "../model/source.ts";
import type { GivenPermission } from "./given-permissions.ts";
import type { Lookup } from "./lookup.ts";
import { placeOf } from "./wording.ts";

/** A role or a machine with all it may do. */
export interface Holder {
  readonly kind: "role" | "client";
  readonly key: string;
  readonly permissions: readonly Permission[];
  /** The text of the holder's file that brings the permission: a scope, a pattern, or a role that is included. */
  placeOf(permission: Permission): Span;
}

/** Every role, then every machine. */
export function holdersIn(lookup: Lookup): readonly Holder[] {
  return [
    ...lookup.declarations.roles.map(
      (role): Holder => ({
        kind: "role",
        key: role.key,
        permissions: lookup.permissions.get(role) ?? [],
        placeOf: (permission) => placeIn(role, permission, lookup),
      }),
    ),
    ...lookup.machines.map(
      (client): Holder => ({
        kind: "client",
        key: client.key,
        permissions: lookup.given.get(client) ?? [],
        placeOf: (permission) => givenPlace(client, permission, lookup) ?? client.at,
      }),
    ),
  ];
}

/** The text of the role's file that brings a permission it has. */
function placeIn(role: RoleDeclaration, permission: Permission, lookup: Lookup): Span {
  const bringing = role.includes.find(({ value }) => {
    const included = lookup.roles.get(value);
    return included && lookup.permissions.get(included)?.some((each) => isSame(each, permission));
  });
  return givenPlace(role, permission, lookup) ?? bringing?.at ?? role.at;
}

function givenPlace(
  holder: RoleDeclaration | ClientDeclaration,
  permission: Permission,
  { given }: Lookup,
): Span | undefined {
  return given.get(holder)?.find((each) => isSame(each, permission))?.at;
}

function isSame(a: Permission, b: Permission): boolean {
  return permissionText(a) === permissionText(b);
}

/** Permissions by the place that gives them, in the order they are met. */
export function byPlace(
  given: readonly GivenPermission[],
): readonly (readonly [GivenPermission, ...GivenPermission[]])[] {
  const places = new Map<string, [GivenPermission, ...GivenPermission[]]>();
  for (const each of given) {
    const place = placeOf(each.at);
    const known = places.get(place);
    if (known) known.push(each);
    else places.set(place, [each]);
  }
  return [...places.values()];
}
