import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Diagnostic, diagnosticCodes } from "../../src/model/diagnostic.ts";
import { readDiagnosticsPage } from "../../src/report/diagnostics-page.ts";
import { formatSarif } from "../../src/report/sarif.ts";
import { root } from "../support/shipped.ts";
import { hostile, longText, unknownScope } from "./findings.ts";

const page = readFileSync(join(root, "docs/diagnostics.md"), "utf8");

// The part of the official schema (OASIS, sarif-schema-2.1.0.json) that a report has anything of: unknown keys are errors
// there, too, positions are 1-based, URIs are references.
const text = z.strictObject({ text: z.string().min(1), markdown: z.string().min(1).optional() });
const position = z.int().min(1);
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({ uri: z.string().regex(/^([\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/) }),
  region: z.strictObject({
    startLine: position,
    startColumn: position,
    endLine: position,
    endColumn: position,
  }),
});
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          semanticVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: text.optional(),
              fullDescription: text.optional(),
              help: text.optional(),
            }),
          ),
        }),
      }),
      columnKind: z.literal("utf16CodeUnits"),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: z.enum(["error", "warning"]),
          message: text,
          locations: z.array(z.strictObject({ physicalLocation })).min(1),
          relatedLocations: z
            .array(z.strictObject({ id: z.int().min(0), message: text, physicalLocation }))
            .min(1)
            .optional(),
        }),
      ),
    }),
  ),
});

function runOf(...diagnostics: readonly Diagnostic[]) {
  const { runs } = log.parse(JSON.parse(formatSarif(diagnostics, { version: "1.2.3", page })));
  const [run] = runs;
  if (!run) throw new Error("the log has no run");
  return run;
}

describe("the SARIF report", () => {
  it("has what SARIF 2.1.0 asks for, whatever is found", () => {
    expect(runOf().results).toEqual([]);
    expect(runOf(unknownScope, longText, hostile).results).toHaveLength(3);
  });

  it("says the place, the other places and the way out of a finding", () => {
    expect(runOf(unknownScope).results).toEqual([
      {
        ruleId: "unknown-scope",
        ruleIndex: 0,
        level: "error",
        message: { text: `${unknownScope.message}\nhelp: did you mean "read:orders"?` },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "rbac/roles/clerk.yaml" },
              region: { startLine: 3, startColumn: 12, endLine: 3, endColumn: 22 },
            },
          },
        ],
        relatedLocations: [
          {
            id: 0,
            message: { text: "API here" },
            physicalLocation: {
              artifactLocation: { uri: "rbac/apis/orders.yaml" },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 },
            },
          },
        ],
      },
    ]);
  });

  it("names each code that is found once, and every finding points at its own", () => {
    const { tool, results } = runOf(unknownScope, longText, { ...unknownScope, message: "another" });
    const { rules } = tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(["limit-exceeded", "unknown-scope"]);
    expect(results.map(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("brings the row of docs/diagnostics.md along as help", () => {
    const [rule] = runOf(unknownScope).tool.driver.rules;
    expect(rule?.shortDescription?.text).toBe("The API does not define the scope.");
    expect(rule?.help?.text).toMatch(
      /^Take the scope that is suggested, .* See docs\/diagnostics\.md#names$/,
    );
  });

  it("encodes the paths of files as URIs", () => {
    const uri = runOf(hostile).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    expect(uri).toBe("rbac/roles/a%20b%2C%2050%25%3A%23%3F.yml");
    expect(decodeURIComponent(uri ?? "")).toBe(hostile.at.file);
  });
});

describe("the page of diagnostics, read back", () => {
  it("has help for every code", () => {
    expect([...readDiagnosticsPage(page).keys()]).toEqual([...diagnosticCodes]);
  });

  it("knows the heading that a code stands under", () => {
    expect(readDiagnosticsPage(page).get("syntax")?.anchor).toBe("the-text-of-a-file");
  });
});
