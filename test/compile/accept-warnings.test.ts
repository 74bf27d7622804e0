import { describe, expect, it } from "vitest";
import { acceptWarnings, unneededAcceptances } from "../../src/compile/index.ts";
import type { AcceptedWarning } from "../../src/model/declarations.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Day } from "../../src/model/names.ts";
import { startOf } from "../../src/model/source.ts";

const file = "rbac/roles/visitor.yaml";
const warning: Diagnostic = {
  code: "empty-role",
  severity: "warning",
  message: 'role "visitor" gives no permission',
  at: startOf(file),
};
const error: Diagnostic = { ...warning, severity: "error" };
const elsewhere: Diagnostic = { ...error, code: "syntax", at: startOf("rbac/roles/clerk.yaml") };

const day = (text: string) => text as Day;
const today = day("2027-01-01");
const at = startOf("rbac/accepted-warnings.yaml");

function accepting(differing: Partial<AcceptedWarning>, until?: string): AcceptedWarning {
  const given = { code: { value: "empty-role", at }, file, reason: "It is to come" } as const;
  return { ...given, until: until === undefined ? undefined : { value: day(until), at }, ...differing };
}

describe("a warning that is accepted", () => {
  const shown = (acceptance: AcceptedWarning, found: readonly Diagnostic[], on?: Day) =>
    acceptWarnings(found, [acceptance], on).map(({ code, severity }) => `${severity} ${code}`);

  it.each([
    ["without a day", accepting({}), today],
    ["until today", accepting({}, "2027-01-01"), today],
    ["until a day that has passed, if dates are not looked at", accepting({}, "2020-01-01"), undefined],
    ["for files of a folder", accepting({ file: "rbac/roles/*" }), today],
  ])("is not shown: %s", (_, acceptance, on) => {
    expect(shown(acceptance, [warning], on)).toEqual([]);
  });

  it.each([
    ["in another file", accepting({ file: "rbac/roles/clerk.yaml" })],
    ["of another code", accepting({ code: { value: "empty-group", at } })],
  ])("is shown if the acceptance is for a warning %s", (_, acceptance) => {
    expect(shown(acceptance, [warning], today)).toEqual(["warning empty-role"]);
  });

  it("is shown with the acceptance after its day, which is shown only if it is of use", () => {
    const past = accepting({}, "2026-12-31");
    expect(shown(past, [warning], today)).toEqual(["warning empty-role", "warning expired-acceptance"]);
    expect(shown(past, [], today)).toEqual([]);
    expect(shown(past, [error], today)).toEqual(["error empty-role"]);
  });

  it("is shown if it is an error", () => {
    expect(shown(accepting({}), [error, warning], today)).toEqual(["error empty-role"]);
  });
});

describe("an acceptance", () => {
  const unneeded = (...found: readonly Diagnostic[]) =>
    unneededAcceptances(found, [accepting({})]).map(({ message }) => message);

  it("is needed if there is a warning that it accepts, among errors or not", () => {
    expect(unneeded(warning)).toEqual([]);
    expect(unneeded(warning, error)).toEqual([]);
  });

  it("is not needed if there is none, which errors elsewhere may hide", () => {
    expect(unneeded()).toEqual([`no warning "empty-role" is found in "${file}"`]);
    expect(unneeded({ ...elsewhere, severity: "warning" })).toHaveLength(1);
    expect(unneeded(elsewhere)).toEqual([]);
  });

  it("cannot be for errors only", () => {
    expect(unneeded(error)).toEqual([
      `"empty-role" in "${file}" is an error, and only warnings can be accepted`,
    ]);
  });
});
