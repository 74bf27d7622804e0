// `UPDATE_CASES=1 npx vitest run test/compile/cases.test.ts` writes what is found into the cases.
import { describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../src/model/diagnostic.ts";
import { readCases, reportOf } from "../support/cases.ts";

const cases = readCases();
const codes = [...new Set(cases.map(({ code }) => code))];

/** Codes of findings about policies, bundles, generated files and the disk: their tests stand where they are made. */
const foundElsewhere = /^(policy-|bundle-|stale-|un(readable|expected)-file$)/;

describe.each(codes)("diagnostic %s", (code) => {
  const own = cases.filter((each) => each.code === code);

  it.each(own)("$fact", (each) => {
    const report = reportOf(each);
    if (process.env.UPDATE_CASES) each.rewrite(report);
    else expect(report).toBe(each.expected);
  });

  it("is reported by a case of its own, and not by one that nearly is", () => {
    const reports = own.map((each) => reportOf(each).includes(` ${code}: `));
    expect(new Set(reports)).toEqual(new Set([true, false]));
  });
});

describe("cases", () => {
  it("are there for every code of the compiler", () => {
    expect(codes).toEqual(diagnosticCodes.filter((code) => !foundElsewhere.test(code)).toSorted());
  });
});
