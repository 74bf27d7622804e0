import { describe, expect, it } from "vitest";
import type { Release } from "../../src/model/release.ts";
import { fingerprint, packRelease, unpackRelease } from "../../src/plan/index.ts";
import { model, role } from "../support/models.ts";

const flows = "flow login  runs: greet  hooks/greet.ts\n";
const release: Release = { format: 1, model: model({ roles: [role("clerk", [])] }), flows };

describe("the fingerprint", () => {
  it("is 64 hexadecimal digits", () => {
    expect(fingerprint(release)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same for the same release", () => {
    expect(fingerprint(structuredClone(release))).toBe(fingerprint(release));
  });

  it.each<[string, Partial<Release>]>([
    ["a permission", { model: model({ roles: [role("clerk", ["orders/read:orders"])] }) }],
    ["what runs", { flows: flows.replaceAll("greet", "count") }],
  ])("is another one after a change of %s", (_, changed) => {
    expect(fingerprint({ ...release, ...changed })).not.toBe(fingerprint(release));
  });
});

describe("a packed release", () => {
  it("is a short text that gives it back", () => {
    const unpacked = unpackRelease(packRelease(release), fingerprint(release));
    expect(JSON.stringify(unpacked)).toBe(JSON.stringify({ kind: "release", release }));
  });

  it("is damaged if it has not the fingerprint it should have", () => {
    expect(unpackRelease(packRelease(release), "0".repeat(64))).toEqual({ kind: "damaged" });
  });

  it.each(["", "not packed", "AAAA"])("is damaged if it is %j", (text) => {
    expect(unpackRelease(text, fingerprint(release))).toEqual({ kind: "damaged" });
  });

  it("of another format is told apart", () => {
    const later = { ...release, format: 2 } as unknown as Release; // what a later program writes
    expect(unpackRelease(packRelease(later), fingerprint(later))).toEqual({ kind: "other-format" });
  });
});
