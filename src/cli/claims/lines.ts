// Claims of tokens as lines of text.
import { aligned, displayWidth, printable } from "../../report/display.ts";
import { entry, shown, wrapped } from "../lines.ts";
import { standardClaim } from "./standard-claims.ts";

interface Claim {
  readonly name: string;
  readonly value: unknown;
}

/** Columns of a value that stands beside what is said of it. */
const valueWidth = 33;

/** Claims that no policy of ours makes, with what each says; long values stand below. */
export function standardClaimLines(indent: string, claims: readonly Claim[]): readonly string[] {
  const rows = claims.map(({ name, value }) => {
    const text = timeOf(name, value) ?? shown(value);
    const isLong = displayWidth(text) > valueWidth;
    const says = standardClaim(name) ?? "none of its usual claims";
    return { text, isLong, cells: [`${indent}${printable(name)}`, ...(isLong ? [says] : [text, says])] };
  });
  const short = aligned(rows.filter(({ isLong }) => !isLong).map(({ cells }) => cells));
  return [
    ...short,
    ...rows
      .filter(({ isLong }) => isLong)
      .flatMap(({ cells: [name = "", says = ""], text }) => [
        ...entry(indent, name.trim(), says),
        ...wrapped(`${indent}  `, text),
      ]),
  ];
}

/** Seconds since the epoch as a time people can read; undefined for other claims. */
function timeOf(name: string, value: unknown): string | undefined {
  const isTime = ["iat", "exp", "nbf", "auth_time"].includes(name) && typeof value === "number";
  return isTime ? new Date(value * 1000).toISOString().replace(".000Z", "Z") : undefined;
}

/** Permissions, those that come from the same line of the declarations together. */
export function permissionLines(
  indent: string,
  permissions: readonly { readonly permission: string; readonly from: string }[],
): readonly string[] {
  const bySource = Map.groupBy(permissions, ({ from }) => from);
  return [...bySource].flatMap(([from, given], index) => [
    ...entry(
      indent,
      index === 0 ? "permissions" : "",
      given.map(({ permission }) => printable(permission)).join(", "),
    ),
    ...entry(indent, "", `from ${from || "nothing that is declared here: given by hand in the tenant"}`),
  ]);
}
