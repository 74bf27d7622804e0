// Why somebody has a permission, with the lines that say so.
import type { ClientKey, GroupKey, RoleKey } from "../model/names.ts";
import type { Span } from "../model/source.ts";

/** Who can have permissions. */
export type Holder =
  | { readonly kind: "role"; readonly key: RoleKey }
  | { readonly kind: "group"; readonly key: GroupKey }
  | { readonly kind: "client"; readonly key: ClientKey };

/** A line of a group or a role that gives all that another has, too. */
export interface Link {
  readonly from: Holder;
  /** What `from` does to `to`: a group is within a group or has a role, a role includes a role. */
  readonly does: "within" | "has" | "includes";
  readonly to: Holder;
  readonly at: Span;
}

/** A line of a role or a client that names a permission: its scope, a pattern, or `from-policies`. */
export interface Giving {
  readonly by: Holder;
  readonly written: string;
  readonly at: Span;
}

/** A way from somebody to a line that names a permission; without links if the line is his own. */
export interface Reason {
  readonly way: readonly Link[];
  readonly giving: Giving;
}

/** True if both are the same thing. */
export function isSame(a: Holder, b: Holder): boolean {
  return a.kind === b.kind && a.key === b.key;
}
