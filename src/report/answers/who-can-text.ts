import {
  isSame,
  type Link,
  type PermissionHolders,
  type Reason,
  type ReasonedHolding,
} from "../../review/index.ts";
import { aligned, placeOf, printable } from "../display.ts";

/**
 * Who has each of the permissions, for people: under each holder the lines that give it to him, with their places, in the
 * order one leads to the other. Permissions that nobody has come last, by name.
 */
export function whoCanText(permissions: readonly PermissionHolders[]): string {
  const held = permissions.filter(({ holdings }) => holdings.length > 0);
  const others = permissions.filter(({ holdings }) => holdings.length === 0);
  const nobody = others.map(({ permission }) => `  ${printable(`${permission.api}/${permission.scope}`)}`);
  return [
    ...held.map((each) => [heading(each), ...aligned(each.holdings.flatMap(holdingRows))].join("\n")),
    ...(nobody.length > 0 ? [["nobody has", ...nobody].join("\n")] : []),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

function heading({ permission, risk, description, at }: PermissionHolders): string {
  const what = description === undefined ? "" : `: ${description}`;
  const place = at ? ` (${placeOf(at)})` : "";
  return `${printable(`${permission.api}/${permission.scope}, ${risk} risk${what}`)}${place}`;
}

/** Rows of two cells: what a line says, and its place. */
function holdingRows(holding: ReasonedHolding): readonly (readonly string[])[] {
  const { kind, key } = holding.holder;
  const how = holding.inTokensOnly ? " (in tokens only)" : holding.forUsers ? " (for its users)" : "";
  return [
    [`  ${kind} ${key}${how}`],
    ...holding.reasons.flatMap((reason, index) => reasonRows(reason, holding, index)),
  ];
}

function reasonRows({ way, giving }: Reason, { holder }: ReasonedHolding, index: number) {
  const lines = [
    ...way.map((link) => ({ by: link.from, says: saysOf(link), at: link.at })),
    { by: giving.by, says: `${verbOf(giving.by.kind)} ${quoted(giving.written)}`, at: giving.at },
  ];
  return lines.map(({ by, says, at }, line) => {
    const before = index === 0 ? "" : line === 0 ? "or " : "   ";
    return [`    ${before}${isSame(by, holder) ? "" : `${by.key} `}${says}`, placeOf(at)];
  });
}

function verbOf(kind: string): string {
  return kind === "client" ? "is granted" : "names";
}

/** What a line of a group or a role says of another. */
export function saysOf({ does, to }: Link): string {
  switch (does) {
    case "within":
      return `is within ${to.key}`;
    case "has":
      return `has role ${to.key}`;
    case "includes":
      return `includes ${to.key}`;
  }
}

function quoted(text: string): string {
  return `"${printable(text)}"`;
}
