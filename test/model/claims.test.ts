import { describe, expect, it } from "vitest";
import { isClaimNamespace } from "../../src/model/claims.ts";

describe("a namespace of claims", () => {
  it.each([
    "https://claims.example.com/",
    "http://example.com/a/b/",
    "https://notauth0.com/",
    "https://auth0.com.example.com/",
    "https://example.com/auth0.com/",
  ])("is %s", (text) => {
    expect(isClaimNamespace(text)).toBe(true);
  });

  it.each([
    "claims/",
    "",
    "https://claims.example.com",
    "urn:claims/",
    "ftp://claims.example.com/",
    "https://auth0.com/",
    "https://acme.eu.auth0.com/",
    "https://webtask.io/",
    "https://acme.webtask.io/",
    "https://webtask.run/",
    "https://acme.webtask.run/claims/",
  ])("is not %s", (text) => {
    expect(isClaimNamespace(text)).toBe(false);
  });
});
