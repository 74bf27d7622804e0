import { describe, expect, it } from "vitest";
import { declare } from "../../src/declare/index.ts";
import type { RoleKey } from "../../src/model/names.ts";
import { plan } from "../../src/plan/index.ts";
import { api, bundle, client, model, role, stage } from "../support/models.ts";
import { type Registered, record } from "../support/recorded-program.ts";

const orders = api("orders", ["read:orders", "refund:orders"]);
const clerk = role("clerk", ["orders/read:orders"]);
const worker = client("worker", { orders: ["read:orders"] });
const policies = client("policies", { management: ["create:role_members"] }, { isPoliciesClient: true });

const values = [
  { key: "ROLEBOOK_DOMAIN", source: { kind: "tenant-domain" } },
  { key: "ROLEBOOK_ROLE", source: { kind: "role-id", role: "clerk" } },
  { key: "ROLEBOOK_CLIENT_SECRET", source: { kind: "policies-client-secret" } },
  { key: "ROLEBOOK_HASH_KEY", source: { kind: "secret", name: "hashKey" } },
] as const;

const estate = model({ apis: [orders], roles: [clerk], clients: [policies, worker] });
const config = { "rolebook:hashKey": "very secret" };

const all = (made: readonly Registered[], noun: string) =>
  made.filter(({ type }) => type.split(":").at(-1) === noun && !type.startsWith("rolebook"));

function one(made: readonly Registered[], noun: string, name?: string): Registered {
  const found = all(made, noun).filter((each) => name === undefined || each.name === name);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources are ${noun} ${name}`);
  return found[0];
}

describe("an API", () => {
  it("enforces RBAC and puts permissions into its tokens", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(one(made, "ResourceServer").inputs).toEqual({
      name: "orders",
      identifier: "https://orders.example.com/",
      tokenLifetime: 3600,
      allowOfflineAccess: false,
      enforcePolicies: true,
      tokenDialect: "access_token_authz",
      signingAlg: "RS256",
      skipConsentForVerifiableFirstPartyClients: true,
      subjectTypeAuthorization: {
        user: { policy: "allow_all" },
        client: { policy: "require_client_grant" },
      },
    });
  });

  it("lets clients act for users without a grant, unless it says otherwise", async () => {
    const strict = model({ apis: [{ ...orders, requireUserGrants: true }] });
    const made = await record(() => declare(plan(strict, [], stage())));
    expect(one(made, "ResourceServer").inputs).toMatchObject({
      subjectTypeAuthorization: { user: { policy: "require_client_grant" } },
    });
  });

  it("owns all of its scopes, in the order of the file", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(one(made, "ResourceServerScopes").inputs).toEqual({
      resourceServerIdentifier: "https://orders.example.com/",
      scopes: [
        { name: "read:orders", description: "read:orders" },
        { name: "refund:orders", description: "refund:orders" },
      ],
    });
  });
});

describe("a role", () => {
  it("owns all of its permissions", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(one(made, "Role").inputs).toEqual({ name: "clerk", description: "The clerk" });
    expect(one(made, "RolePermissions").inputs).toEqual({
      roleId: "id-of-clerk",
      permissions: [{ resourceServerIdentifier: "https://orders.example.com/", name: "read:orders" }],
    });
  });

  it("waits for the scopes it is given", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(one(made, "RolePermissions").dependsOn).toEqual(
      expect.arrayContaining(["ResourceServerScopes::orders", "Role::clerk"]),
    );
  });

  it("takes its former name along to all that hangs on it", async () => {
    const renamed = { ...clerk, formerly: ["helper" as RoleKey] };
    const made = await record(() => declare(plan({ ...estate, roles: [renamed] }, [], stage())));
    const ofRole = made.filter(({ name }) => name === "clerk");
    expect(ofRole.map(({ type, aliases }) => [type, aliases])).toEqual([
      ["auth0:index/role:Role", ["helper"]],
      ["auth0:index/rolePermissions:RolePermissions", ["helper"]],
      ["rolebook:index:Role", ["helper"]],
    ]);
  });
});

describe("protection", () => {
  const guarded = [
    ...["Client", "Client", "ClientCredentials", "ClientCredentials"],
    ...["ResourceServer", "ResourceServerScopes", "Role", "RolePermissions"],
  ];
  const protectedTypes = (made: readonly Registered[]) =>
    made.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));

  it("covers roles and APIs and all that hangs on them, and clients with their credentials", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(protectedTypes(made)).toEqual(guarded);
  });

  it("is lifted where the stack does without it", async () => {
    const made = await record(() => declare(plan(estate, [], stage({ protect: false }))));
    expect(protectedTypes(made)).toEqual([]);
  });

  it("is lifted for what is retired", async () => {
    const retiring = model({ apis: [orders], roles: [{ ...clerk, retired: true }] });
    const made = await record(() => declare(plan(retiring, [], stage())));
    expect(protectedTypes(made)).toEqual(["ResourceServer", "ResourceServerScopes"]);
  });
});

describe("a client", () => {
  it("is granted what it may get by itself, once the API has the scopes", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    const grant = one(made, "ClientGrant", "worker-orders");
    expect(grant.inputs).toEqual({
      clientId: "client-id-of-worker",
      audience: "https://orders.example.com/",
      subjectType: "client",
      scopes: ["read:orders"],
    });
    expect(grant.dependsOn).toContain("ResourceServerScopes::orders");
  });

  it("is granted what it may get for its users", async () => {
    const shop = client("shop", { orders: ["read:orders"] }, { type: "spa" });
    const grants = shop.grants.map((each) => ({ ...each, subject: "user" as const }));
    const made = await record(() =>
      declare(plan(model({ apis: [orders], clients: [{ ...shop, grants }] }), [], stage())),
    );
    expect(one(made, "ClientGrant").inputs).toMatchObject({ subjectType: "user", scopes: ["read:orders"] });
  });

  it("proves itself by its secret, and says nothing of roles where everybody may sign in", async () => {
    const made = await record(() => declare(plan(estate, [], stage())));
    expect(one(made, "ClientCredentials", "worker").inputs).toEqual({
      clientId: "client-id-of-worker",
      authenticationMethod: "client_secret_post",
    });
    expect(one(made, "Client", "worker").inputs).not.toHaveProperty("clientMetadata");
  });

  it("proves itself by private keys, whose public ones are replaced and so not protected", async () => {
    const publicKeys = [
      { name: "autumn", algorithm: "PS256", pem: "another public key" },
      { name: "spring", algorithm: "RS256", pem: "a public key" },
    ] as const;
    const signing = client("worker", {}, { authentication: { kind: "private-key", publicKeys } });
    const made = await record(() => declare(plan(model({ clients: [signing] }), [], stage())));
    const credentials = one(made, "ClientCredentials");
    expect(credentials.inputs).toEqual({
      clientId: "client-id-of-worker",
      authenticationMethod: "private_key_jwt",
      privateKeyJwt: {
        credentials: publicKeys.map((key) => ({ ...key, credentialType: "public_key" })),
      },
    });
    expect(credentials.protect).toBe(false);
  });

  it("tells policies which roles may sign in with it", async () => {
    const office = client("office", {}, { type: "web", allowedRoles: ["clerk" as RoleKey] });
    const made = await record(() =>
      declare(plan(model({ apis: [orders], roles: [clerk], clients: [office] }), [], stage())),
    );
    expect(one(made, "Client").inputs).toMatchObject({ clientMetadata: { allowed_roles: "clerk" } });
  });

  it("signs in users of the connections it names, which it does not own", async () => {
    const shop = client("shop", {}, { type: "spa", connections: ["google-oauth2"] });
    const made = await record(() => declare(plan(model({ clients: [shop] }), [], stage())));
    expect(one(made, "ConnectionClient")).toMatchObject({
      name: "shop-google-oauth2",
      inputs: { connectionId: "id-of-google-oauth2", clientId: "client-id-of-shop" },
    });
    expect(made.map(({ type }) => type)).not.toContain("auth0:index/connection:Connection");
  });
});

describe("the login flow", () => {
  it("is a rule behind its configuration, which is secret", async () => {
    const made = await record(
      () =>
        declare(
          plan(estate, [bundle({ lane: "rule", values })], stage({ extensibility: "rules-and-hooks" })),
        ),
      config,
    );
    expect(one(made, "Rule").inputs).toEqual({ name: "Rolebook login", script: "code", enabled: true });
    expect(one(made, "Rule").dependsOn).toEqual(
      expect.arrayContaining(values.map(({ key }) => `RuleConfig::${key}`)),
    );
    const configured = all(made, "RuleConfig").map(({ inputs }) => [inputs.key, inputs.value]);
    expect(Object.fromEntries(configured)).toEqual({
      ROLEBOOK_DOMAIN: { secret: "tenant.example" },
      ROLEBOOK_ROLE: { secret: "id-of-clerk" },
      ROLEBOOK_CLIENT_SECRET: { secret: "client-secret-of-policies" },
      ROLEBOOK_HASH_KEY: { secret: "very secret" },
    });
  });

  it("is an action that is bound once it is deployed", async () => {
    const made = await record(() => declare(plan(estate, [bundle({ values })], stage())), config);
    expect(one(made, "Action").inputs).toMatchObject({
      name: "Rolebook login",
      supportedTriggers: { id: "post-login", version: "v3" },
      runtime: "node22",
      code: "code",
      deploy: true,
    });
    expect(one(made, "TriggerActions")).toMatchObject({
      inputs: {
        trigger: "post-login",
        actions: [{ id: "id-of-login-actions", displayName: "Rolebook login" }],
      },
      dependsOn: ["Action::login-actions"],
    });
  });

  it("keeps an action's secrets secret", async () => {
    const made = await record(() => declare(plan(estate, [bundle({ values })], stage())), config);
    expect(JSON.stringify(one(made, "Action").inputs.secrets)).toContain('{"secret":');
    const clear = made.filter(({ inputs }) => /very secret|client-secret-of/.test(withoutSecrets(inputs)));
    expect(clear).toEqual([]);
  });

  it("waits for the client it calls with, its grant included, and for the roles it gives", async () => {
    const made = await record(() => declare(plan(estate, [bundle({ values })], stage())), config);
    expect(one(made, "Action").dependsOn).toEqual(
      expect.arrayContaining(["ClientGrant::policies-management", "RolePermissions::clerk"]),
    );
  });
});

describe("the registration flow", () => {
  it("is an enabled hook whose values are its secrets", async () => {
    const registration = bundle({ flow: "postUserRegistration", lane: "hook", values });
    const made = await record(
      () => declare(plan(estate, [registration], stage({ extensibility: "rules-and-hooks" }))),
      config,
    );
    expect(one(made, "Hook").inputs).toMatchObject({
      name: "Rolebook post user registration",
      triggerId: "post-user-registration",
      script: "code",
      enabled: true,
    });
    expect(JSON.stringify(one(made, "Hook").inputs.secrets)).toContain('{"secret":');
  });
});

function withoutSecrets(inputs: unknown): string {
  return JSON.stringify(inputs, (_, value) =>
    value && typeof value === "object" && "secret" in value ? "" : value,
  );
}
