import { describe, expect, it } from "vitest";
import { recordFlows, renderFlowsLock } from "../../src/lock/index.ts";
import type { AccessModel } from "../../src/model/access-model.ts";
import type { Bundles } from "../../src/model/bundles.ts";
import type { Flows, SettingValue } from "../../src/model/flows.ts";
import type { Template } from "../../src/model/names.ts";
import type { Release } from "../../src/model/release.ts";
import { startOf } from "../../src/model/source.ts";
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

const hash = (digit: string) => digit.repeat(64);
const code = [bundle({ hash: hash("a") })];

function releaseOf(access: AccessModel, flows: Flows, bundles: Bundles, source = hash("1")): Release {
  const hashes = new Map([["hooks/greet.ts", source]]);
  const recorded = recordFlows(flows, bundles, { hashes, policies: new Map() });
  return { format: 1, model: access, flows: renderFlowsLock(recorded) };
}

const staged = releaseOf(clerk(["orders/read:orders"]), greet(hello), code);
const next = releaseOf(clerk(["orders/read:orders", "orders/refund:orders"]), greet(hello), code);
const announced = announcementOf(staged, code, stage());

const check = (release: Release, outputs: unknown) => checkPromotion(release, "prod", "staging", { outputs });

describe("a stack that promotes", () => {
  it("takes what the other has announced", () => {
    expect(check(staged, announced)).toBeUndefined();
  });

  it("takes it whatever the values of the stages are", () => {
    expect(
      check(staged, announcementOf(staged, code, stage({ tenantDomain: "other.example" }))),
    ).toBeUndefined();
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
      "has what runs in words that this program does not know",
      announcementOf({ ...staged, flows: "flow login  dances: tango\n" }, code, stage()),
      "another version of Rolebook was the last to update it",
    ],
    [
      "says of its release that it is this one",
      { ...announcementOf(next, code, stage()), release: announced.release },
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
    const wide = releaseOf(model({ apis: [api("orders", many)] }), greet(hello), code);
    const lines = check(wide, announced)?.split("\n") ?? [];
    expect(lines.length).toBeLessThanOrEqual(22);
  });
});

describe("two releases", () => {
  const differences = (head: Release) =>
    compareReleases(staged, head).map(({ effect, sentence }) => `${effect}: ${plainText(sentence)}`);
  const access = clerk(["orders/read:orders"]);

  it("of one fingerprint do not differ", () => {
    expect(differences(releaseOf(access, greet(hello), code))).toEqual([]);
  });

  it("differ by access and by what runs", () => {
    const word: SettingValue = { kind: "literal", value: "good morning" };
    const head = releaseOf(clerk(["orders/refund:orders"]), greet(word), code);
    expect(differences(head)).toEqual([
      expect.stringMatching(/^wider: .*can now refund:orders/),
      expect.stringMatching(/^flow: .*good morning/),
      expect.stringMatching(/^narrower: .*read:orders/),
    ]);
  });

  it("differ by code alone", () => {
    const head = releaseOf(access, greet(hello), [bundle({ hash: hash("b") })], hash("2"));
    expect(differences(head)).toEqual(["flow: greet: code changed (login)"]);
  });

  it("differ by comments in policies", () => {
    expect(differences(releaseOf(access, greet(hello), code, hash("2")))).toEqual([
      "changed: files of policies: only what people read of it is another",
    ]);
  });

  it("differ by what nobody can do more or less by", () => {
    const named = { name: "Clerk", description: "Takes orders" as Template };
    const described = model({ apis: [orders], roles: [role("clerk", ["orders/read:orders"], named)] });
    expect(differences(releaseOf(described, greet(hello), code))).toHaveLength(1);
  });
});
