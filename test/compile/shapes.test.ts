import { describe, expect, it } from "vitest";
import { parse } from "../../src/compile/index.ts";

/** Codes of what is found in one file of rbac/. */
function found(path: string, text: string): readonly string[] {
  return parse([{ path: `rbac/${path}.yaml`, text }]).diagnostics.map(({ code }) => code);
}

const written = (text: string) => JSON.stringify(text);

/** Findings of a text in a field, which stands there in double quotes. */
const inField = {
  "name of a role": (text: string) => found("roles/a", `name: ${written(text)}\n`),
  "name of an API": (text: string) => found("apis/a", `identifier: urn:a\nname: ${written(text)}\n`),
  description: (text: string) => found("roles/a", `description: ${written(text)}\n`),
  identifier: (text: string) => found("apis/a", `identifier: ${written(text)}\n`),
  scope: (text: string) => found("apis/a", `identifier: urn:a\nscopes: { ${written(text)}: See }\n`),
  "description of a scope": (text: string) =>
    found("apis/a", `identifier: urn:a\nscopes: { a: ${written(text)} }\n`),
  tokenLifetime: (text: string) => found("apis/a", `identifier: urn:a\ntokenLifetime: ${written(text)}\n`),
  "former key": (text: string) => found("roles/a", `formerly: [${written(text)}]\n`),
  day: (text: string) => found("roles/a", `reviewBy: ${written(text)}\n`),
  callback: (text: string) => found("clients/a", `type: web\ncallbacks: [${written(text)}]\n`),
  permission: (text: string) => found("guardrails", `never: [{ permission: ${written(text)}, reason: R }]\n`),
  "permission that is approved": (text: string) =>
    found("guardrails", `approved: [{ role: r, permission: ${written(text)}, by: b, reason: R }]\n`),
};

describe.each<[keyof typeof inField, readonly string[], Readonly<Record<string, readonly string[]>>]>([
  [
    "name of a role",
    ["a", "x".repeat(200), "$ { }"],
    {
      "limit-exceeded": ["x".repeat(201)],
      "bad-value": ["", " ", "a<b", "a>b"],
      "stage-value-not-allowed": ["${a}", "${"],
    },
  ],
  [
    "name of an API",
    ["a ${b}", "x".repeat(200)],
    { "limit-exceeded": ["x".repeat(201)], "bad-value": ["a<b", "a>b", "${b", "${a} ${b", "\t"] },
  ],
  [
    "description",
    ["a < b", "x".repeat(500)],
    { "limit-exceeded": ["x".repeat(501)], "bad-value": ["", "${b"] },
  ],
  ["identifier", ["urn:x", "x".repeat(600)], { "limit-exceeded": ["x".repeat(601)], "bad-value": [""] }],
  [
    "scope",
    ["a", "a:b", "x".repeat(280), "my-openid"],
    {
      "limit-exceeded": ["x".repeat(281)],
      "bad-value": ["a b", "a*", "*", "a\tb"],
      "reserved-name": ["openid", "email"],
    },
  ],
  [
    "description of a scope",
    ["See ${a}", "x".repeat(500)],
    { "limit-exceeded": ["x".repeat(501)], "bad-value": ["", "${a"] },
  ],
  [
    "tokenLifetime",
    ["1s", "90s", "30m", "8h", "30d", "000000001s", "2592000s"],
    {
      "limit-exceeded": ["31d", "2592001s", "43201m", "721h"],
      "bad-value": ["0s", "00d", "1", "h", "1w", "1 h", "-1h", "1.5h", "1h ", "a1h", "1hh", "0000000001s"],
    },
  ],
  [
    "former key",
    ["a", "a1", "a-b", "ab-1-2c"],
    { "bad-value": ["1a", "A", "aB", "a_b", "a--b", "-a", "a-", "a b", "ä", ""] },
  ],
  [
    "day",
    ["2027-03-01", "2027-12-31", "2028-02-29"],
    {
      "bad-value": [
        "2027-02-29",
        "2027-13-01",
        "2027-00-01",
        "2027-01-32",
        "27-01-01",
        "2027-1-1",
        "2027-01-01T00:00:00Z",
        "a2027-01-01",
        "",
      ],
    },
  ],
  [
    "callback",
    ["https://a.b/", "a.b:c", "https://${d}/", "${d}", "${d}/callback"],
    { "bad-value": ["a", "a.b/c", "//a.b", "/${d}", "https://", "https://${d"] },
  ],
  [
    "permission",
    ["a/b", "a/b/c", "a/*", "*/b", "a/b:c"],
    { "bad-value": ["a", "/b", "a/", "*"], "stage-value-not-allowed": ["a/${b}"] },
  ],
  ["permission that is approved", ["a/b", "a/b/c"], { "bad-value": ["a/*", "*/b", "a/", "a*/b"] }],
])("the %s", (field, right, wrong) => {
  it.each(right)("may be %j", (text) => {
    expect(inField[field](text)).toEqual([]);
  });

  it.each(Object.entries(wrong).flatMap(([code, texts]) => texts.map((text) => [text, code] as const)))(
    "may not be %j: %s",
    (text, code) => {
      expect(new Set(inField[field](text))).toEqual(new Set([code]));
    },
  );
});

describe("guardrails", () => {
  it.each([
    ["claimLimit: 1\n", []],
    ["claimLimit: 0\n", ["wrong-type"]],
    ["claimLimit: 1.5\n", ["wrong-type"]],
    ["separate: [{ name: A, permissions: [a/b, a/c] }]\n", []],
    ["separate: [{ name: A, permissions: [a/b] }]\n", ["bad-value"]],
    ["together: [[a]]\n", []],
    ["together: [[]]\n", ["bad-value"]],
    ["together: []\n", []],
    ["approved: [{ role: r, permission: a/b, by: b, reason: R }]\n", []],
    ["approved: [{ client: r, permission: a/b, by: b, reason: R }]\n", []],
    ["approved: [{ permission: a/b, by: b, reason: R }]\n", ["bad-value"]],
    ["approved: [{ role: r, client: c, permission: a/b, by: b, reason: R }]\n", ["bad-value"]],
  ])("%s", (text, codes) => {
    expect(found("guardrails", text)).toEqual(codes);
  });
});

describe("RBAC of an API", () => {
  it.each([
    ["enforce: true", []],
    ["enforce: false, reason: Scopes alone", []],
    ["enforce: false", ["missing-key"]],
    ["reason: None", ["missing-key"]],
  ])("%s", (rbac, codes) => {
    expect(found("apis/a", `identifier: urn:a\nrbac: { ${rbac} }\n`)).toEqual(codes);
  });
});

describe("a client", () => {
  it.each([
    ["allowedRoles: [a]", []],
    ["allowedRoles: []", ["bad-value"]],
    ["grants: { a: from-policies, b: [c] }", []],
    ["grants: { a: from-nowhere }", ["wrong-type"]],
  ])("%s", (text, codes) => {
    expect(found("clients/a", `type: web\n${text}\n`)).toEqual(codes);
  });
});
