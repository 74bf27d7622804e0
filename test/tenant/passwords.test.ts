import { describe, expect, it } from "vitest";
import { strengthOf } from "../../tenant/password-strength.ts";
import { hashPassword, verifyPassword } from "../../tenant/passwords.ts";

describe("a password's hash", () => {
  it("knows its password and no other", () => {
    const hash = hashPassword("Correct-Horse-1");
    expect(verifyPassword("Correct-Horse-1", hash)).toBe(true);
    expect(verifyPassword("correct-horse-1", hash)).toBe(false);
    expect(verifyPassword("Correct-Horse-1", "plain")).toBe(false);
  });

  it("differs each time and does not have the password in it", () => {
    const hash = hashPassword("Correct-Horse-1");
    expect(hash).not.toBe(hashPassword("Correct-Horse-1"));
    expect(hash).not.toContain("Correct");
  });
});

describe("a password policy", () => {
  it.each([
    ["none", "a", true],
    ["none", "", false],
    ["low", "abcdef", true],
    ["low", "abcde", false],
    ["fair", "Abcdefg1", true],
    ["fair", "abcdefg1", false],
    ["good", "abcdefg1!", true],
    ["good", "abcdefg1", false],
    ["excellent", "Abcdefgh1!", true],
    ["excellent", "Abcdeggg1!", false],
  ] as const)("%s judges %j as %s", (policy, password, meets) => {
    expect(strengthOf(policy, password).verified).toBe(meets);
  });
});
