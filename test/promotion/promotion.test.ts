import { describe, expect, it } from "vitest";
import type { SettingValue } from "../../src/model/flows.ts";
import type { Template } from "../../src/model/names.ts";
import type { Release } from "../../src/model/release.ts";
import { startOf } from "../../src/model/source.ts";
import { releaseOf } from "../../src/plan/index.ts";
import { announcementOf, checkPromotion, compareReleases } from "../../src/promotion/index.ts";
import { plainText } from "../../src/review/index.ts";
import { api, bundle, loginFlow, model, role, stage } from "../support/models.ts";

const at = startOf("hooks/flows.ts");
const orders = api("orders", ["read:orders", "refund:orders"]);
const clerk = (permissions: readonly string[]) =>
  model({ apis: [orders], roles: [role("clerk", [...permissions], { name: "Clerk" })] });
const greet = (value: SettingValue) =>
  loginFlow({ policy: "greet", settings: [{ name: "word", value, at }] });
const hello: SettingValue = { kind: "literal", value: "hello" };

const staged = releaseOf(clerk(["orders/read:orders"]), greet(hello), [bundle()]);
const next = releaseOf(clerk(["orders/read:orders", "orders/refund:orders"]), greet(hello), [bundle()]);
const announced = announcementOf(staged, stage());

const check = (release: Release, outputs: unknown) => checkPromotion(release, "prod", "staging", { outputs });

describe("a stack that promotes", () => {
  it("takes what the other has announced", () => {
    expect(check(staged, announced)).toBeUndefined();
  });

  it("takes it whatever the values of the stages are", () => {
    expect(check(staged, announcementOf(staged, stage({ tenantDomain: "other.example" })))).toBeUndefined();
  });

  it("refuses anything else, and says what it is as access", () => {
    expect(check(next, announced)).toMatch(
      /^stack "prod" gets .* "staging" has completed, and this is something else:\n {2}WIDER .*refund:orders.*\nhelp: run "pulumi up --stack staging"/,
    );
  });

  it.each([
    ["has no outputs", {}, "that has completed nothing yet"],
    ["has only the ids of a part", { clientIds: {} }, "that has completed nothing yet"],
    [
      "was updated by a program that announced no release",
      { fingerprint: announced.fingerprint },
      "another version of Rolebook was the last to update it",
    ],
    [
      "says of its release that it is this one",
      { ...announcementOf(next, stage()), release: announced.release },
      "its outputs were changed by somebody else",
    ],
    ["has a release without fingerprint", { release: announced.release }, "its outputs were changed"],
    ["has outputs of other shapes", { fingerprint: 1, release: [] }, "its outputs were changed"],
  ])("refuses all if the other %s", (_, outputs, why) => {
    expect(check(next, outputs)).toContain(why);
  });

  it("refuses all if the other cannot be read, in the engine's words", () => {
    expect(checkPromotion(staged, "prod", "staging", { refusal: 'unknown stack "staging"' })).toMatch(
      /^stack "prod" gets .* which cannot be read: unknown stack "staging"\nhelp: .*Pulumi\.prod\.yaml/,
    );
  });

  it("says twenty things at most", () => {
    const many = Array.from({ length: 30 }, (_, index) => `do-${index}:orders`);
    const wide = releaseOf(model({ apis: [api("orders", many)] }), greet(hello), [bundle()]);
    const lines = check(wide, announced)?.split("\n") ?? [];
    expect(lines.length).toBeLessThanOrEqual(22);
  });
});

describe("two releases", () => {
  const differences = (head: Release) =>
    compareReleases(staged, head).map(({ effect, sentence }) => [effect, plainText(sentence)]);
  const withFlows = (flows: Parameters<typeof releaseOf>[1], hash = "hash") =>
    releaseOf(clerk(["orders/read:orders"]), flows, [bundle({ hash })]);

  it("of one fingerprint do not differ", () => {
    expect(differences(withFlows(greet(hello)))).toEqual([]);
  });

  it("differ by what runs, and in which order", () => {
    expect(differences(withFlows(loginFlow({ policy: "count" })))).toEqual([
      ["flow", "login: runs count, ran greet"],
    ]);
    expect(differences(withFlows({ flows: [] }))).toEqual([["flow", "login: runs nothing, ran greet"]]);
  });

  it.each<[SettingValue, string]>([
    [{ kind: "literal", value: ["a"] }, '["a"]'],
    [{ kind: "stage", name: "domain" }, 'stage value "domain"'],
    [{ kind: "secret", name: "key" }, 'stage value "key"'],
    [{ kind: "role", role: "clerk" }, 'role "clerk"'],
    [{ kind: "role-names", roles: ["clerk", "lead"] }, "roles clerk, lead"],
    [{ kind: "table", table: "groups" }, "table groups"],
  ])("differ by a setting %j", (value, shown) => {
    expect(differences(withFlows(greet(value)))).toEqual([
      ["flow", `login: "word" of greet is ${shown}, was "hello"`],
    ]);
  });

  it("differ by what a policy uses", () => {
    const uses = loginFlow({
      policy: "greet",
      settings: [{ name: "word", value: hello, at }],
      uses: ["users.roles.list"],
    });
    expect(differences(withFlows(uses))).toEqual([
      ["flow", "login: greet uses, needs or calls something else"],
    ]);
  });

  it("differ by code alone", () => {
    expect(differences(withFlows(greet(hello), "other"))).toEqual([["flow", "login: the code is another"]]);
  });

  it("differ by what nobody can do more or less by", () => {
    const described = model({
      apis: [orders],
      roles: [
        role("clerk", ["orders/read:orders"], { name: "Clerk", description: "Takes orders" as Template }),
      ],
    });
    expect(differences(releaseOf(described, greet(hello), [bundle()]))).toHaveLength(1);
  });
});
