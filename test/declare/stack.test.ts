import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { readPromotion, readSignIn, readStage } from "../../src/declare/index.ts";
import type { StageValueName } from "../../src/model/names.ts";
import { startOf } from "../../src/model/source.ts";
import type { StageValueDeclaration } from "../../src/model/stage.ts";

const domain: StageValueDeclaration = {
  name: "domain" as StageValueName,
  type: "string",
  secret: false,
  default: undefined,
  description: undefined,
  at: startOf("Pulumi.yaml"),
};

beforeAll(() =>
  pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "rolebook",
    "test",
    false,
    "organization",
  ),
);

function configured(config: Readonly<Record<string, string>>) {
  pulumi.runtime.setAllConfig({ ...config });
  return readStage([domain, { ...domain, name: "hashKey" as StageValueName, secret: true }]);
}

describe("a stack", () => {
  it("gives its values, its tenant, and how Rolebook works in it; secrets are left where they are", () => {
    const stage = configured({
      "auth0:domain": "example.eu.auth0.com",
      "rolebook:domain": "example.com",
      "rolebook:hashKey": "very secret",
      "rolebook:extensibility": "rules-and-hooks",
      "rolebook:protect": "false",
    });
    expect(stage).toMatchObject({
      tenantDomain: "example.eu.auth0.com",
      extensibility: "rules-and-hooks",
      protect: false,
    });
    expect(stage.values.get(domain.name)).toBe("example.com");
    expect([...stage.values.keys()]).not.toContain("hashKey");
  });

  it("protects and uses actions unless it says otherwise", () => {
    expect(configured({ "auth0:domain": "localhost:8443" })).toMatchObject({
      extensibility: "actions",
      protect: true,
    });
  });

  it.each([
    [{}, 'configuration "auth0:domain" is not set; run "pulumi config set auth0:domain <domain>"'],
    [
      { "auth0:domain": "https://example.eu.auth0.com/" },
      'takes a host such as example.eu.auth0.com, found "https://example.eu.auth0.com/"',
    ],
  ])("is refused with %o for its tenant", (config, message) => {
    expect(() => configured(config)).toThrow(pulumi.RunError);
    expect(() => configured(config)).toThrow(message);
  });

  it.each([
    [undefined, undefined],
    ["none", undefined],
    ["staging", { name: "staging", fullName: "organization/rolebook/staging" }],
    ["acme/staging", { name: "acme/staging", fullName: "acme/rolebook/staging" }],
    ["acme/rolebook/staging", { name: "acme/rolebook/staging", fullName: "acme/rolebook/staging" }],
  ])("promotes from %o", (promotesFrom, other) => {
    pulumi.runtime.setAllConfig(promotesFrom === undefined ? {} : { "rolebook:promotesFrom": promotesFrom });
    expect(readPromotion()).toEqual(other);
  });

  it.each([
    ["itself", "test"],
    ["a stack of another project", "acme/shop/staging"],
    ["no name", "staging prod"],
    ["an empty name", ""],
  ])("cannot promote from %s", (_, promotesFrom) => {
    pulumi.runtime.setAllConfig({ "rolebook:promotesFrom": promotesFrom });
    expect(() => readPromotion()).toThrow(pulumi.RunError);
    expect(() => readPromotion()).toThrow(`takes another stack of the project "rolebook"`);
  });

  it("may say how the provider signs in", () => {
    pulumi.runtime.setAllConfig({ "auth0:clientId": "id", "auth0:clientSecret": "secret" });
    expect(readSignIn()).toEqual({
      clientId: "id",
      clientSecret: "secret",
      apiToken: undefined,
      audience: undefined,
    });
  });
});
