// `UPDATE_CASES=1 npx vitest run test/review/cases.test.ts` writes what is found into the cases.
import { describe, expect, it } from "vitest";
import { readReviewCases, reviewOfCase } from "../support/review-cases.ts";

const cases = readReviewCases();

describe("the review of a change", () => {
  it.each(cases)("$fact", (each) => {
    const report = reviewOfCase(each);
    if (process.env.UPDATE_CASES) each.rewrite(report);
    else expect(report).toBe(each.expected);
  });

  it("is given for twenty changes at least", () => {
    expect(cases.length).toBeGreaterThanOrEqual(20);
  });
});
