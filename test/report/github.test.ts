import { describe, expect, it } from "vitest";
import { formatGithub } from "../../src/report/github.ts";
import { hostile, longText, unknownScope } from "./findings.ts";

describe("the report of workflow commands", () => {
  it("has one line for each finding, with its place, its code, the other places and the way out", () => {
    expect(formatGithub([unknownScope])).toBe(
      '::error file=rbac/roles/clerk.yaml,line=3,col=12,endColumn=22,title=unknown-scope::role "clerk" uses ' +
        '"read:order", which API "orders" does not define%0Asee: rbac/apis/orders.yaml:1:1 API here%0A' +
        'help: did you mean "read:orders"?\n',
    );
  });

  it("gives no columns of a place that goes on, which GitHub would refuse", () => {
    expect(formatGithub([longText])).toBe(
      "::warning file=rbac/roles/clerk.yaml,line=4,endLine=7,title=limit-exceeded::description is long\n",
    );
  });

  it("escapes what would end a property or the command, so that no text becomes a command", () => {
    expect(formatGithub([hostile])).toBe(
      "::error file=rbac/roles/a b%2C 50%25%3A#?.yml,line=1,col=1,endColumn=1,title=unexpected-file::" +
        "100%25 of\uFFFD\uFFFD::error::this, \uFFFDright to left\uFFFD[31m\n",
    );
  });

  it("is empty if nothing is found", () => {
    expect(formatGithub([])).toBe("");
  });
});
