// The review as a comment on a pull request, for somebody who sees one for the first time.
import {
  changedMatrix,
  type Having,
  type Phrase,
  type Review,
  type ReviewedChange,
} from "../../review/index.ts";
import { counted } from "../counts.ts";
import { placeOf } from "../display.ts";
import { codeText } from "../markdown-text.ts";
import { type FoldedRow, folded } from "./folded.ts";

/** Characters of the longest comment: GitHub takes 65,536. */
const mostCharacters = 65_000;

/** Finds the comment of an earlier run. */
const marker = "<!-- rolebook review -->";

/**
 * One comment: a sentence that sums up, the widenings, what changed of the matrix, and all else folded away. What does not
 * fit into a comment of GitHub's is left out from its end, never a widening but with a word about it.
 */
export function reviewMarkdown(review: Review): string {
  const wider = folded(review.changes.filter(({ effect }) => effect === "wider"));
  const rest = folded(review.changes.filter(({ effect }) => effect !== "wider"));
  const head = [marker, summary(review), ...approvers(review)];
  const parts = [
    ...(wider.length > 0 ? [widerPart(wider)] : []),
    ...matrixPart(review),
    ...(rest.length > 0
      ? [
          details(
            `${counted(rest.length, "other change")}: nobody can do more by ${rest.length === 1 ? "it" : "them"}`,
            restTable(rest),
          ),
        ]
      : []),
    ...(wider.length > 0 ? [details("The lines that make it so", placeList(wider))] : []),
    footer(review),
  ];
  const comment = fitting(head, parts);
  return comment ?? shortened(review, head, wider);
}

/** The parts from the first that fit together, with a word about those that do not; undefined if the first does not. */
function fitting(head: readonly string[], parts: readonly string[]): string | undefined {
  for (let count = parts.length; count > 0; count -= 1) {
    const left = count < parts.length ? [leftOut] : [];
    const text = page([...head, ...parts.slice(0, count), ...left]);
    if (text.length <= mostCharacters) return text;
  }
  return undefined;
}

const leftOut =
  "_The rest is too long for a comment: run_ `rolebook review` _to see it. No widening is missing here._";

/** The comment of a change so large that its widenings do not fit: who is concerned, and how often. */
function shortened(review: Review, head: readonly string[], wider: readonly FoldedRow[]): string {
  const bySubject = Map.groupBy(
    wider,
    ({
      first: {
        things: [thing],
        risk,
      },
    }) => `${risk} ${thing.kind} ${thing.key}`,
  );
  const rows = [...bySubject.values()].flatMap((group) => {
    const [row] = group;
    if (!row) return [];
    const [thing] = row.first.things;
    const count = group.reduce((sum, { changes }) => sum + changes.length, 0);
    return [
      `| ${counted(count, "widening")} of ${thing.kind} ${codeText(thing.key)} | ${riskText(row.first)} |`,
    ];
  });
  const table = ["| who gains access | risk |", "| --- | --- |"];
  const room = mostCharacters - page([...head, ...table, missing(rows.length), footer(review)]).length;
  let used = 0;
  const shown = rows.filter((row) => {
    used += row.length + 1;
    return used <= room;
  });
  const lost = rows.length - shown.length;
  return page([
    ...head,
    ...(lost > 0 ? [missing(lost)] : []),
    [...table, ...shown].join("\n"),
    "_Each widening by itself is too long for a comment: run_ `rolebook review` _to see them._",
  ]);
}

function missing(count: number): string {
  return `**${count} more than are shown here gain access: read the whole review with \`rolebook review\` before you approve.**`;
}

function page(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

function summary({ changes }: Review): string {
  const wider = changes.filter(({ effect }) => effect === "wider");
  const unapproved = changes.filter((change) => change.unapproved).length;
  if (changes.length === 0) return "### ✅ No change of access\n\nNobody can do more or less than before.";
  if (wider.length === 0)
    return "### ✅ Nobody can do more than before\n\nAccess changes, and none of it gets wider.";
  const high = wider.filter(({ risk }) => risk === "high").length;
  const extra = [
    ...(high > 0 ? [`${high} of high risk`] : []),
    ...(unapproved > 0 ? [`${unapproved} against the guardrails`] : []),
  ];
  const title = high > 0 ? "🔴 Access gets wider, and some of it is of high risk" : "🟠 Access gets wider";
  const what = `**This change lets somebody do more, or weakens a control: ${counted(wider.length, "widening")}${extra.length > 0 ? `, ${extra.join(", ")}` : ""}.**`;
  return `### ${title}\n\n${what}`;
}

function approvers({ asks }: Review): readonly string[] {
  return asks.length > 0 ? [`Owners to ask: ${asks.map(codeText).join(", ")}`] : [];
}

/** The widenings, under a heading that says so. */
function widerPart(rows: readonly FoldedRow[]): string {
  const table = [
    "| what changes | risk | asks |",
    "| --- | --- | --- |",
    ...rows.map((row) => `| ${whatChanges(row)} | ${riskText(row.first)} | ${asked(row)} |`),
  ];
  return `#### What gets wider\n\n${table.join("\n")}`;
}

function restTable(rows: readonly FoldedRow[]): string {
  return [
    "| | what changes | risk | asks |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      (row) => `| ${row.first.effect} | ${whatChanges(row)} | ${riskText(row.first)} | ${asked(row)} |`,
    ),
  ].join("\n");
}

function whatChanges({ first, sentence }: FoldedRow): string {
  return `${first.unapproved ? "⛔ " : ""}${rich(sentence)}`;
}

function asked({ first }: FoldedRow): string {
  return first.asks.map(codeText).join(", ");
}

function riskText({ effect, risk }: ReviewedChange): string {
  if (effect === "narrower") return "";
  return risk === "high" ? "**high**" : risk;
}

/** Our own words hold nothing that Markdown knows; names are code. */
function rich(sentence: Phrase): string {
  return sentence
    .map((piece) => (typeof piece === "string" ? ownText(piece) : codeText(piece.name)))
    .join("");
}

/**
 * What findings of guardrails and notes say beside names: text without marks, and without what GitHub makes links and mentions
 * of after all marks have been read.
 */
function ownText(text: string): string {
  return text.replaceAll(/:(?=\/)|[^\p{L}\p{N} .,:;()'"?/-]/gu, (character) => {
    const isLinked = character === "@" || character === "#";
    return `&#${character.codePointAt(0)};${isLinked ? "&#8203;" : ""}`;
  });
}

/** Columns and rows of the matrix; larger ones are no help. */
const mostColumns = 8;
const mostRows = 40;

function matrixPart(review: Review): readonly string[] {
  const { columns, rows, moreColumns, moreRows } = changedMatrix(review, mostColumns, mostRows);
  if (rows.length === 0) return [];
  const head = [
    "",
    ...columns.map(({ kind, key }) => (kind === "role" ? codeText(key) : `${codeText(key)} (${kind})`)),
  ];
  const lines = rows.map(({ permission, cells }) => [
    `${codeText(permission.scope)} on ${codeText(permission.api)}`,
    ...cells.map(cellText),
  ]);
  const table = [head, head.map((_, index) => (index === 0 ? "---" : ":-:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
  const more = [
    ...(moreColumns > 0 ? [`${moreColumns} more who gain or lose something`] : []),
    ...(moreRows > 0 ? [`${moreRows} more scopes`] : []),
  ];
  const legend = `<sub>● by itself · ○ by a role it includes or a group around it · – not at all${more.length > 0 ? ` · left out: ${more.join(", ")}` : ""}</sub>`;
  return [`#### Who can do what, before → after\n\n${table}\n\n${legend}`];
}

const marks: Readonly<Record<Having, string>> = { direct: "●", inherited: "○", none: "–" };

function cellText({ before, after }: { readonly before: Having; readonly after: Having }): string {
  return before === after ? marks[after] : `**${marks[before]} → ${marks[after]}**`;
}

function placeList(rows: readonly FoldedRow[]): string {
  return rows
    .map(({ first, sentence }) => {
      const side = first.side === "base" ? " (before)" : "";
      const via =
        first.via[0]?.way.map(({ from, to }) => `${codeText(from.key)} → ${codeText(to.key)}`) ?? [];
      const way = via.length > 0 ? `, by ${via.join(", ")}` : "";
      return `- ${rich(sentence)}: ${codeText(placeOf(first.at))}${side}${way}`;
    })
    .join("\n");
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function footer({ base, head, notes }: Review): string {
  const lines = [
    `Compared ${codeText(base.name)} with ${codeText(head.name)}, judged by the guardrails of ${codeText(base.name)}; nothing of the change was run.`,
    ...notes.map((note) => ownText(note)),
  ];
  return `<sub>${lines.join("<br>")}</sub>`;
}
