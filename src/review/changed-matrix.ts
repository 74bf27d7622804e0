import type { Permission } from "../model/access-model.ts";
import { permissionText } from "../model/permission.ts";
import { holdingsOf } from "./holdings.ts";
import type { Holder } from "./reason.ts";
import type { Review } from "./review.ts";

/** How somebody has a permission: by himself, by others, or not. */
export type Having = "direct" | "inherited" | "none";

/** A permission that somebody gains or loses, with a cell for each column. */
export interface ChangedRow {
  readonly permission: Permission;
  readonly cells: readonly { readonly before: Having; readonly after: Having }[];
}

/** Who gains or loses what, and has what of it otherwise; of both as much as was asked for. */
export interface ChangedMatrix {
  /** Those that gain or lose something, in the order they are met in the changes. */
  readonly columns: readonly Holder[];
  /** In the order of the changes. */
  readonly rows: readonly ChangedRow[];
  readonly moreColumns: number;
  readonly moreRows: number;
}

/** The part of the matrix that a review is about; without rows if nobody gains or loses a permission. */
export function changedMatrix(
  { base, head, changes }: Review,
  mostColumns: number,
  mostRows: number,
): ChangedMatrix {
  const own = changes.filter(({ kind }) => kind === "permission");
  const holders = new Map(
    own.flatMap((change) =>
      (change.holders ?? []).map((each) => [`${each.kind} ${each.key}`, each] as const),
    ),
  );
  const permissions = new Map(
    own.flatMap(({ permission }) => (permission ? [[permissionText(permission), permission] as const] : [])),
  );
  const columns = [...holders.values()].slice(0, mostColumns);
  const isShown = ({ kind, key }: Holder) => columns.some((each) => each.kind === kind && each.key === key);
  const [then, now] = [base, head].map(
    ({ model }) =>
      new Map(
        holdingsOf(model)
          .filter(({ holder }) => isShown(holder))
          .map(({ holder, permission, inherited }) => [
            nameOf(holder, permission),
            inherited ? ("inherited" as const) : ("direct" as const),
          ]),
      ),
  );
  const moved = new Map(
    own.flatMap(({ holders: all = [], permission, effect }) =>
      all.map((holder) => [permission ? nameOf(holder, permission) : "", effect] as const),
    ),
  );
  const rows = [...permissions.values()].slice(0, mostRows).map((permission): ChangedRow => {
    const cells = columns.map((column): ChangedRow["cells"][number] => {
      const name = nameOf(column, permission);
      const after = now?.get(name) ?? "none";
      const effect = moved.get(name);
      if (effect === undefined) return { before: after, after };
      // The base may know both by other keys; who gains a permission did not have it there.
      return { before: effect === "wider" ? "none" : (then?.get(name) ?? "direct"), after };
    });
    return { permission, cells };
  });
  return {
    columns,
    rows,
    moreColumns: holders.size - columns.length,
    moreRows: permissions.size - rows.length,
  };
}

function nameOf({ kind, key }: Holder, permission: Permission): string {
  return `${kind} ${key} ${permissionText(permission)}`;
}
