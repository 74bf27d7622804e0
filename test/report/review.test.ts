import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readReview } from "../../src/cli/read-review.ts";
import { reviewGithub, reviewSarif } from "../../src/report/review/annotations.ts";
import { reviewJson } from "../../src/report/review/json.ts";
import { reviewMarkdown } from "../../src/report/review/markdown.ts";
import { changeKinds, type Review, type ReviewedChange } from "../../src/review/index.ts";
import { readReviewCases, withHistory } from "../support/review-cases.ts";
import { root } from "../support/shipped.ts";

const schemaText = readFileSync(join(root, "docs/schema/review.json"), "utf8");
const schema = JSON.parse(schemaText);

/** The review of what the case of that fact changes. */
function reviewOfFact(fact: string): Review {
  const found = readReviewCases().find((each) => each.fact === fact);
  if (!found) throw new Error(`there is no case "${fact}"`);
  return withHistory([found.base, found.head], (path) => {
    const { found: review, unsound } = readReview(path, "HEAD~1", "HEAD");
    if (!review) throw new Error(unsound);
    return review;
  });
}

const shipped = reviewOfFact("an approval by the same change does not count");
const [sample] = shipped.changes.filter(({ kind }) => kind === "permission");

/** A widening by a role and a scope of these names. */
function widening(role: string, scope: string): ReviewedChange {
  if (!sample?.permission) throw new Error("the case has a permission");
  return {
    ...sample,
    sentence: [
      { name: role, isQuoted: true },
      " can now ",
      { name: scope, isQuoted: false },
      " on ",
      { name: "Orders", isQuoted: false },
    ],
    things: [{ kind: "role", key: role as never }],
    permission: { ...sample.permission, scope: scope as never },
    holders: [{ kind: "role", key: role as never }],
    asks: [],
  };
}

describe("the review as a comment", () => {
  it("begins with what sums it up, then has the widenings, then the rest folded away", () => {
    const text = reviewMarkdown(reviewOfFact("a renamed API does not slip out of its guardrail"));
    const order = [
      "<!-- rolebook review -->",
      "### 🔴 Access gets wider",
      "4 widenings, 4 of high risk, 1 against the guardrails",
      "Owners to ask: `team-orders`, `team-support`",
      "#### What gets wider",
      "| ⛔ against the base's guardrails",
      "#### Who can do what",
      "**– → ●**",
      "<details><summary>2 other changes: nobody can do more by them</summary>",
      "<details><summary>The lines that make it so</summary>",
    ].map((each) => text.indexOf(each));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it("says so if nothing changes", () => {
    expect(reviewMarkdown(reviewOfFact("comments order and quotes are no change"))).toContain(
      "### ✅ No change of access",
    );
  });

  it("tells scopes that the same people gain in one row", () => {
    const changes = ["read:a", "read:b", "read:c"].map((scope) => widening("clerk", scope));
    expect(reviewMarkdown({ ...shipped, changes })).toContain(
      "| `clerk` can now `read:a`, `read:b` and `read:c` on `Orders` |",
    );
  });

  it("stays below what GitHub takes, and names everybody who gains something or says that it does not", () => {
    for (const count of [10, 600, 5000]) {
      const changes = Array.from({ length: count }, (_, index) =>
        widening(`role-of-a-rather-long-name-${index}`, `read:${"things-of-many-kinds-".repeat(3)}${index}`),
      );
      const text = reviewMarkdown({ ...shipped, changes });
      expect(text.length).toBeLessThan(65_536);
      const [, left] = /\*\*(\d+) more than are shown here gain access/.exec(text) ?? [];
      const named = changes.filter(({ things: [{ key }] }) => text.includes(`\`${key}\``)).length;
      expect(named + Number(left ?? 0)).toBe(count);
    }
  });

  it("shows any name as text: no mark, tag, mention, link or row comes of it", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
      fc
        .array(
          fc.constantFrom(
            "|",
            "`",
            "``",
            "\\",
            "@team",
            "#1",
            "<b>",
            "</code>",
            "<!--",
            "\n",
            "](x)",
            "![",
            "**",
            "$",
            " ",
            "a",
          ),
          {
            minLength: 1,
            maxLength: 8,
          },
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(names, names, (role, scope) => {
        const text = reviewMarkdown({ ...shipped, changes: [widening(role, scope)], notes: [] });
        const rows = text.split("\n").filter((each) => each.endsWith("| **high** |  |"));
        expect(rows).toHaveLength(1);
        const [line = ""] = rows;
        // What remains without code is our own.
        const own = line.replaceAll(/`[^`|\\]+`|<code>(?:[^<>`|\\\n]|&#\d+;)*<\/code>/g, "X");
        expect(own).toBe("| X can now X on X | **high** |  |");
      }),
      { numRuns: 500 },
    );
  });
});

describe("the review for programs", () => {
  const parse = z.fromJSONSchema(schema);

  it.each([
    "a line in an included role reaches every role and group around it",
    "a renamed API does not slip out of its guardrail",
    "a role that is deleted takes its permissions along",
    "new users get another role",
    "a stack trusts other claims and protects nothing",
    "comments order and quotes are no change",
  ])("is of the form that docs/schema/review.json says: %s", (fact) => {
    const document: unknown = JSON.parse(reviewJson(reviewOfFact(fact)));
    expect(parse.safeParse(document)).toMatchObject({ success: true });
  });

  it("knows the kinds that there are", () => {
    expect(schema.$defs.change.properties.kind.enum).toEqual(changeKinds);
  });

  it("counts what gates look for", () => {
    const document = JSON.parse(reviewJson(shipped));
    expect(document.counts).toEqual({ changes: 3, wider: 3, high: 3, unapproved: 1 });
  });
});

describe("the review at the lines", () => {
  it("is an annotation for each change, those that get wider above all", () => {
    expect(reviewGithub(shipped).split("\n")[1]).toBe(
      "::error file=rbac/roles/support-lead.yaml,line=5,col=27,endColumn=40,title=wider%2C high risk::" +
        "support-lead can now refund:orders on Orders%0Aasks team-orders, team-support",
    );
  });

  it("is a finding of code scanning for each change", () => {
    const [run] = JSON.parse(reviewSarif(shipped, "1.2.3")).runs;
    expect(run.results.map(({ ruleId, level }: Record<string, unknown>) => [ruleId, level])).toEqual([
      ["review/breach", "error"],
      ["review/permission", "error"],
      ["review/approval", "error"],
    ]);
    expect(run.results[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "rbac/roles/support-lead.yaml" },
      region: { startLine: 5, startColumn: 27, endLine: 5, endColumn: 40 },
    });
  });

  it("stands at the start of the file for what is gone", () => {
    const gone = reviewOfFact("a role that is deleted takes its permissions along");
    expect(reviewGithub(gone)).toContain(
      "::notice file=rbac/roles/support-lead.yaml,line=1,col=1,endColumn=2,title=narrower::" +
        "support-lead can no longer update:orders on Orders%0A",
    );
  });
});
