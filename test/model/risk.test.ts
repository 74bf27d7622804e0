import { describe, expect, it } from "vitest";
import { riskByVerb } from "../../src/model/risk.ts";

const low = ["read", "list", "view", "get", "search"];
const high = [
  ...["delete", "remove", "purge", "refund", "void", "approve", "impersonate", "admin", "manage"],
];

describe("risk by verb", () => {
  it.each(low)("is low for %s", (verb) => expect(riskByVerb(`${verb}:orders`)).toBe("low"));

  it.each(high)("is high for %s", (verb) => expect(riskByVerb(`${verb}:orders`)).toBe("high"));

  it("is medium for any other verb, whatever follows it", () => {
    const scopes = ["update:orders", "orders:read", "reader:orders", "constructor", ""];
    expect(scopes.map(riskByVerb)).toEqual(scopes.map(() => "medium"));
  });
});
