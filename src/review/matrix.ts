import type { AccessModel, Scope } from "../model/access-model.ts";
import type { ApiKey, Template } from "../model/names.ts";
import { type Holding, holdingsOf } from "./holdings.ts";
import { type Holder, isSame } from "./reason.ts";

/** How somebody has a scope. */
export type Cell = Pick<Holding, "inherited" | "inTokensOnly">;

/** Who has which scopes of one API. */
export interface ApiMatrix {
  readonly api: ApiKey;
  readonly name: Template;
  readonly identifier: Template;
  /** Roles, then groups, each by key; those that have none of its scopes are left out. */
  readonly columns: readonly Holder[];
  /** A row for each scope, in the order of the file. */
  readonly rows: readonly MatrixRow[];
}

/** One scope, with a cell for each column; undefined if who stands there does not have it. */
export interface MatrixRow extends Pick<Scope, "value" | "risk"> {
  readonly cells: readonly (Cell | undefined)[];
}

/** Role by scope and group by scope, a matrix for each API. */
export function matrixOf(model: AccessModel): readonly ApiMatrix[] {
  const holdings = holdingsOf(model).filter(({ holder }) => holder.kind !== "client");
  const byApi = Map.groupBy(holdings, ({ permission }) => permission.api);
  return model.apis.map(({ key, name, identifier, scopes }) => {
    const own = byApi.get(key) ?? [];
    const columns = columnsOf(own);
    const byScope = Map.groupBy(own, ({ permission }) => permission.scope);
    return {
      api: key,
      name,
      identifier,
      columns,
      rows: scopes.map(({ value, risk }) => ({
        value,
        risk,
        cells: columns.map((column) => cellOf(column, byScope.get(value) ?? [])),
      })),
    };
  });
}

/** Each holder once. Holdings come holder by holder, so one that is new differs from the last. */
function columnsOf(holdings: readonly Holding[]): readonly Holder[] {
  return holdings
    .map(({ holder }) => holder)
    .filter((holder, index, all) => {
      const before = all[index - 1];
      return before === undefined || !isSame(before, holder);
    });
}

function cellOf(column: Holder, holdings: readonly Holding[]): Cell | undefined {
  const holding = holdings.find(({ holder }) => isSame(holder, column));
  return holding && { inherited: holding.inherited, inTokensOnly: holding.inTokensOnly };
}
