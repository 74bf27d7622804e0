import { describe, expect, it } from "vitest";
import { formatJson } from "../../src/report/json.ts";
import { hostile, longText, unknownScope } from "./findings.ts";

describe("the JSON report", () => {
  it("holds its version, the counts, and each finding with its places", () => {
    expect(formatJson([unknownScope, longText])).toBe(`{
  "version": 1,
  "errors": 1,
  "warnings": 1,
  "diagnostics": [
    {
      "code": "unknown-scope",
      "severity": "error",
      "message": "role \\"clerk\\" uses \\"read:order\\", which API \\"orders\\" does not define",
      "at": {
        "file": "rbac/roles/clerk.yaml",
        "start": {
          "line": 3,
          "column": 12
        },
        "end": {
          "line": 3,
          "column": 22
        }
      },
      "related": [
        {
          "message": "API here",
          "at": {
            "file": "rbac/apis/orders.yaml",
            "start": {
              "line": 1,
              "column": 1
            },
            "end": {
              "line": 1,
              "column": 5
            }
          }
        }
      ],
      "help": "did you mean \\"read:orders\\"?"
    },
    {
      "code": "limit-exceeded",
      "severity": "warning",
      "message": "description is long",
      "at": {
        "file": "rbac/roles/clerk.yaml",
        "start": {
          "line": 4,
          "column": 14
        },
        "end": {
          "line": 7,
          "column": 3
        }
      },
      "related": []
    }
  ]
}
`);
  });

  it("keeps every character, and shows none that controls a terminal or turns the direction of writing round", () => {
    const text = formatJson([hostile]);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(JSON.parse(text).diagnostics[0].message).toBe(hostile.message);
  });

  it("is a document of its own if nothing is found", () => {
    expect(JSON.parse(formatJson([]))).toEqual({ version: 1, errors: 0, warnings: 0, diagnostics: [] });
  });
});
