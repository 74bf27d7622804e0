import type { ApiMatrix } from "../../review/index.ts";
import { jsonText } from "../json-text.ts";

/** The version of what `matrixJson` gives: goes up when a reader of the last one could be misled. */
const version = 1;

/** The matrices as a JSON document: for each scope of each API the roles and groups that have it. */
export function matrixJson(matrices: readonly ApiMatrix[]): string {
  return jsonText({
    version,
    apis: matrices.map(({ api, name, identifier, columns, rows }) => ({
      api,
      name,
      identifier,
      scopes: rows.map(({ value, risk, cells }) => {
        const holders = (kind: "role" | "group") =>
          columns.flatMap((column, index) => {
            const cell = cells[index];
            return cell && column.kind === kind ? [{ key: column.key, ...cell }] : [];
          });
        return { scope: value, risk, roles: holders("role"), groups: holders("group") };
      }),
    })),
  });
}
