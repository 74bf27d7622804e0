import { describe, expect, it } from "vitest";
import type { Flows, SettingValue } from "../../src/model/flows.ts";
import { startOf } from "../../src/model/source.ts";
import { fingerprint, packRelease, releaseOf, unpackRelease } from "../../src/plan/index.ts";
import { api, bundle, loginFlow, model, role } from "../support/models.ts";

function flows(value: SettingValue, file = "hooks/flows.ts"): Flows {
  const at = startOf(file);
  return loginFlow({ file, at, settings: [{ name: "s", value, at }] });
}

const literal: SettingValue = { kind: "literal", value: "customer" };
const orders = api("orders", ["read:orders"]);
const held = model({ roles: [role("r", [])] });
const release = releaseOf(held, flows(literal), [bundle()]);

describe("the fingerprint", () => {
  it("is 64 hexadecimal digits", () => {
    expect(fingerprint(release)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same for the same access, wherever policies are written", () => {
    const [one, other] = ["hooks/flows.ts", "hooks/elsewhere.ts"].map((file) =>
      releaseOf(model({ apis: [orders] }), flows(literal, file), [bundle({ code: file })]),
    );
    expect(one).toEqual(other);
  });

  it.each([
    [
      "a permission",
      releaseOf(model({ roles: [role("r", ["orders/read:orders"])] }), flows(literal), [bundle()]),
    ],
    ["a literal setting", releaseOf(held, flows({ kind: "literal", value: "editor" }), [bundle()])],
    ["a bundle", releaseOf(held, flows(literal), [bundle({ hash: "other" })])],
  ])("is another one after a change of %s", (_, changed) => {
    expect(fingerprint(changed)).not.toBe(fingerprint(release));
  });
});

describe("a packed release", () => {
  it("is a short text that gives it back", () => {
    const unpacked = unpackRelease(packRelease(release), fingerprint(release));
    expect(unpacked.kind).toBe("release");
    expect(unpacked.kind === "release" && JSON.stringify(unpacked.release)).toBe(JSON.stringify(release));
  });

  it("is damaged if it has not the fingerprint it should have", () => {
    expect(unpackRelease(packRelease(release), "0".repeat(64))).toEqual({ kind: "damaged" });
  });

  it.each(["", "not packed", "AAAA"])("is damaged if it is %j", (text) => {
    expect(unpackRelease(text, fingerprint(release))).toEqual({ kind: "damaged" });
  });

  it("of another format is told apart", () => {
    const later = { ...release, format: 2 } as unknown as typeof release; // what a later program writes
    expect(unpackRelease(packRelease(later), fingerprint(later))).toEqual({ kind: "other-format" });
  });
});
