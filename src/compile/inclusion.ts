import type { RoleKey } from "../model/names.ts";
import type { Located } from "../model/source.ts";
import { closure } from "./closure.ts";
import type { Lookup } from "./lookup.ts";

/** The named roles and all that include one of them, at any depth; sorted. Names that are not declared are left out. */
export function rolesThatInclude(
  named: readonly Located<string>[],
  { declarations, roles }: Lookup,
): readonly RoleKey[] {
  const found = closure(
    named.flatMap(({ value }) => roles.get(value) ?? []),
    ({ key }) => declarations.roles.filter(({ includes }) => includes.some(({ value }) => value === key)),
  );
  return [...found].map(({ key }) => key).sort();
}
