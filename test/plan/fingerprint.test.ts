import { describe, expect, it } from "vitest";
import type { Flows, SettingValue } from "../../src/model/flows.ts";
import { startOf } from "../../src/model/source.ts";
import { fingerprint } from "../../src/plan/index.ts";
import { api, bundle, loginFlow, model, role } from "../support/models.ts";

function flows(value: SettingValue, file = "hooks/flows.ts"): Flows {
  const at = startOf(file);
  return loginFlow({ file, at, settings: [{ name: "s", value, at }] });
}

const literal: SettingValue = { kind: "literal", value: "customer" };
const orders = api("orders", ["read:orders"]);

describe("the fingerprint", () => {
  it("is 64 hexadecimal digits", () => {
    expect(fingerprint(model(), flows(literal), [])).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same for the same access", () => {
    expect(fingerprint(model({ apis: [orders] }), flows(literal), [bundle()])).toBe(
      fingerprint(model({ apis: [orders] }), flows(literal, "hooks/elsewhere.ts"), [bundle()]),
    );
  });

  it.each([
    ["a permission", fingerprint(model({ roles: [role("r", ["orders/read:orders"])] }), flows(literal), [])],
    [
      "a literal setting",
      fingerprint(model({ roles: [role("r", [])] }), flows({ kind: "literal", value: "editor" }), []),
    ],
    ["a bundle", fingerprint(model({ roles: [role("r", [])] }), flows(literal), [bundle({ hash: "other" })])],
  ])("is another one after a change of %s", (_, changed) => {
    expect(changed).not.toBe(fingerprint(model({ roles: [role("r", [])] }), flows(literal), []));
  });
});
