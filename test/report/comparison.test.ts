import { describe, expect, it } from "vitest";
import {
  type Comparison,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
} from "../../src/report/comparison.ts";
import { phrase } from "../../src/review/index.ts";

const same: Comparison = {
  base: { name: "staging", fingerprint: "a" },
  head: { name: "prod", fingerprint: "a" },
  changes: [],
  stageValues: [{ name: "domain", base: "staging.example.com", head: "example.com" }],
};
const differing: Comparison = {
  ...same,
  head: { name: "prod", fingerprint: "b" },
  changes: [
    {
      effect: "wider",
      kind: "permission",
      risk: "high",
      sentence: phrase`${"<b>clerk|@all"} can now ${"refund:orders"}`,
      things: [{ kind: "locks", key: "hooks/flows.lock" }],
    },
  ],
};

describe("a comparison", () => {
  it("is text for a terminal", () => {
    expect(comparisonText(differing)).toBe(`WIDER  <b>clerk|@all can now refund:orders  high

STAGE  domain  staging.example.com → example.com

prod differs from staging: 1 change, 1 wider
`);
  });

  it("says of two that are the same that they are", () => {
    expect(comparisonText({ ...same, stageValues: [] })).toBe("staging and prod have the same access\n");
  });

  it("is Markdown in which names are names", () => {
    expect(comparisonMarkdown(differing)).toBe(`prod differs from staging: 1 change, 1 wider

| | from the first to the second | risk |
| --- | --- | --- |
| wider | <code>&#60;b&#62;clerk&#124;&#64;all</code> can now \`refund:orders\` | high |

| stage value | \`staging\` | \`prod\` |
| --- | --- | --- |
| \`domain\` | \`staging.example.com\` | \`example.com\` |
`);
  });

  it("is JSON with a version", () => {
    expect(JSON.parse(comparisonJson(differing))).toEqual({
      version: 1,
      base: { name: "staging", fingerprint: "a" },
      head: { name: "prod", fingerprint: "b" },
      changes: [
        {
          effect: "wider",
          kind: "permission",
          risk: "high",
          things: [{ kind: "locks", key: "hooks/flows.lock" }],
          text: "<b>clerk|@all can now refund:orders",
        },
      ],
      stageValues: [{ name: "domain", base: "staging.example.com", head: "example.com" }],
    });
  });
});
