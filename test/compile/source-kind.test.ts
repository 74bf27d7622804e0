import { describe, expect, it } from "vitest";
import { kindOf, pathOf } from "../../src/compile/source-kind.ts";

describe("the path of a file", () => {
  it.each([
    ["Pulumi.yaml", { kind: "project" }],
    ["Pulumi.dev.yaml", { kind: "stack", stack: "dev" }],
    ["Pulumi.dev.eu.yaml", { kind: "stack", stack: "dev.eu" }],
    ["rbac/guardrails.yaml", { kind: "guardrails" }],
    ["rbac/accepted-warnings.yaml", { kind: "accepted-warnings" }],
    ["rbac/apis/orders.yaml", { kind: "api", key: "orders" }],
    ["rbac/roles/clerk.yaml", { kind: "role", key: "clerk" }],
    ["rbac/groups/office.yaml", { kind: "group", key: "office" }],
    ["rbac/clients/shop.yaml", { kind: "client", key: "shop" }],
    ["rbac/roles/.yaml.yaml", { kind: "role", key: ".yaml" }],
  ])("%s says what it declares", (path, kind) => {
    expect(kindOf(path)).toEqual(kind);
  });

  it.each([
    "Pulumi.yml",
    "Pulumi..yaml",
    "MyPulumi.dev.yaml",
    "Pulumi.dev.yaml.orig",
    "stages/Pulumi.dev.yaml",
    "Pulumi.stages/dev.yaml",
    "old/rbac/roles/clerk.yaml",
    "rbac/roles/clerk.yaml.orig",
    "rbac/roles/clerk.yml",
    "rbac/roles/clerkXyaml",
    "rbac/roles/old/clerk.yaml",
    "rbac/roles/.yaml",
    "rbac/policies/clerk.yaml",
    "rbac/guardrails.yml",
  ])("%s declares nothing", (path) => {
    expect(kindOf(path)).toBeUndefined();
  });

  it.each(["api", "role", "group", "client"] as const)("is found by the kind and key of one %s", (kind) => {
    expect(kindOf(pathOf(kind, "a-b"))).toEqual({ kind, key: "a-b" });
  });
});
