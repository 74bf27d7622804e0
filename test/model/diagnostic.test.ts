import { describe, expect, it } from "vitest";
import { type Diagnostic, hasErrors } from "../../src/model/diagnostic.ts";
import { startOf } from "../../src/model/source.ts";

const warning: Diagnostic = {
  code: "unused-stage-value",
  severity: "warning",
  message: "stage value is used nowhere",
  at: startOf("Pulumi.yaml"),
};

describe("findings", () => {
  it("keep everything from being applied if one of them is an error, not if all are warnings", () => {
    expect(hasErrors([])).toBe(false);
    expect(hasErrors([warning, warning])).toBe(false);
    expect(hasErrors([warning, { ...warning, severity: "error" }])).toBe(true);
  });
});
