import { describe, expect, it } from "vitest";
import { deletionScopes, deploymentNeeds, plan, previewNeeds } from "../../src/plan/index.ts";
import { api, bundle, client, model, role, stage } from "../support/models.ts";

const scopesFor = (...parts: Parameters<typeof plan>) => deploymentNeeds(plan(...parts)).scopes;

describe("what a deployment needs", () => {
  it("is nothing for an empty estate", () => {
    expect(deploymentNeeds(plan(model(), [], stage()))).toEqual({
      scopes: [],
      connections: [],
      bindings: [],
    });
  });

  it("is to make, read and change each kind of thing, and never to delete", () => {
    const apis = [api("orders", ["read:orders"])];
    const whole = model({
      apis,
      roles: [role("clerk", ["orders/read:orders"])],
      clients: [client("worker", { orders: ["read:orders"] })],
    });
    expect(scopesFor(model({ apis }), [], stage())).toEqual([
      "create:resource_servers",
      "read:resource_servers",
      "update:resource_servers",
    ]);
    expect(scopesFor(whole, [], stage())).toEqual([
      "create:client_grants",
      "create:clients",
      "create:resource_servers",
      "create:roles",
      "read:client_grants",
      "read:client_keys",
      "read:clients",
      "read:resource_servers",
      "read:roles",
      "update:client_grants",
      "update:clients",
      "update:resource_servers",
      "update:roles",
    ]);
  });

  it("is to replace the keys of clients that sign", () => {
    const publicKeys = [{ name: "spring", algorithm: "RS256", pem: "a public key" }] as const;
    const signing = client("worker", {}, { authentication: { kind: "private-key", publicKeys } });
    const scopes = scopesFor(model({ clients: [signing] }), [], stage());
    expect(scopes.filter((scope) => scope.endsWith(":client_credentials"))).toEqual([
      "create:client_credentials",
      "delete:client_credentials",
      "read:client_credentials",
      "update:client_credentials",
    ]);
  });

  it("is what the lanes of the stack's extensibility take", () => {
    const bundles = [bundle({ lane: "rule" }), bundle({ lane: "action" })];
    expect(scopesFor(model(), bundles, stage({ extensibility: "actions" }))).toEqual([
      "create:actions",
      "read:actions",
      "update:actions",
    ]);
    expect(scopesFor(model(), bundles, stage({ extensibility: "rules-and-hooks" }))).toEqual([
      "create:rules",
      "read:rules",
      "read:rules_configs",
      "update:rules",
      "update:rules_configs",
    ]);
  });

  it("is the whole list of bindings of each trigger that an action stands at", () => {
    const externalActions = { before: ["Audit"], after: ["Trace"] };
    const bundles = [bundle({ lane: "action", externalActions }), bundle({ flow: "postUserRegistration" })];
    expect(deploymentNeeds(plan(model(), bundles, stage())).bindings).toEqual([
      {
        trigger: "post-login",
        actions: ["Audit", "Rolebook login", "Trace"],
        external: ["Audit", "Trace"],
      },
      {
        trigger: "post-user-registration",
        actions: ["Rolebook post user registration"],
        external: [],
      },
    ]);
  });

  it("is the connections that clients use, each once", () => {
    const clients = [
      client("shop", {}, { type: "spa", connections: ["google", "email"] }),
      client("office", {}, { type: "web", connections: ["email"] }),
    ];
    expect(deploymentNeeds(plan(model({ clients }), [], stage()))).toMatchObject({
      connections: ["email", "google"],
      scopes: expect.arrayContaining(["read:connections", "update:connections"]),
    });
  });
});

describe("what else there is to a deployment", () => {
  const needs = deploymentNeeds(
    plan(
      model({ clients: [client("worker")] }),
      [bundle({ lane: "rule" })],
      stage({ extensibility: "rules-and-hooks" }),
    ),
  );

  it("is to delete what it makes", () => {
    expect(deletionScopes(needs)).toEqual([
      "delete:clients",
      "delete:rules",
      "delete:rules_configs",
      "read:client_credentials",
    ]);
  });

  it("is to read everything for a preview, the secrets of clients only with a refresh", () => {
    const read = ["read:client_keys", "read:clients", "read:rules", "read:rules_configs"];
    expect(previewNeeds(needs, { refresh: true }).scopes).toEqual(read);
    expect(previewNeeds(needs, { refresh: false }).scopes).toEqual(read.slice(1));
  });
});
