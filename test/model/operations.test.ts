import { describe, expect, it } from "vitest";
import { managementScopes } from "../../src/model/management-scopes.ts";
import { managementOperations, scopesOf } from "../../src/model/operations.ts";

describe("the scopes of Management API operations", () => {
  it("are those of all of them, sorted, each once", () => {
    expect(scopesOf([])).toEqual([]);
    expect(scopesOf(["users.roles.list", "users.roles.assign", "users.get"])).toEqual([
      "create:role_members",
      "read:role_members",
      "read:roles",
      "read:users",
    ]);
  });

  it("are scopes that the Management API has", () => {
    const needed = Object.values(managementOperations).flatMap(({ scopes }): readonly string[] => scopes);
    expect(managementScopes).toEqual(expect.arrayContaining(needed));
  });
});
