import { describe, expect, it } from "vitest";
import type { ApiKey, ClientKey, RoleKey, StageValueName, Template } from "../../src/model/names.ts";
import { plan } from "../../src/plan/index.ts";
import { api, bundle, client, model, role, stage } from "../support/models.ts";

describe("planning an API", () => {
  const orders = api("orders", ["read:orders", "cancel:orders"]);

  it("puts the stage's values into its identifier", () => {
    const { apis } = plan(model({ apis: [orders] }), [], stage());
    expect(apis[0]).toMatchObject({ name: "orders", identifier: "https://orders.example.com/" });
  });

  it("keeps its scopes in the order of the file", () => {
    const { apis } = plan(model({ apis: [orders] }), [], stage());
    expect(apis[0]?.scopes.map(({ name }) => name)).toEqual(["read:orders", "cancel:orders"]);
  });

  it.each([
    { protect: true, retired: false, planned: true },
    { protect: true, retired: true, planned: false },
    { protect: false, retired: false, planned: false },
  ])(
    "protects it: $planned, where the stack says $protect and it is retired: $retired",
    ({ protect, retired, planned }) => {
      const { apis } = plan(model({ apis: [{ ...orders, retired }] }), [], stage({ protect }));
      expect(apis[0]?.protect).toBe(planned);
    },
  );

  it("refuses a template whose stage value is not there", () => {
    expect(() => plan(model({ apis: [orders] }), [], stage({ values: new Map() }))).toThrow(
      'stage value "domain" has no value',
    );
  });
});

describe("planning a role", () => {
  it("names the identifier and the resource of the API of each permission", () => {
    const { roles } = plan(
      model({ apis: [api("orders", ["read:orders"])], roles: [role("clerk", ["orders/read:orders"])] }),
      [],
      stage(),
    );
    expect(roles[0]?.permissions).toEqual([
      { api: "orders", identifier: "https://orders.example.com/", scope: "read:orders" },
    ]);
  });

  it("carries the names it had", () => {
    const { roles } = plan(
      model({ roles: [role("agent", [], { formerly: ["helper" as RoleKey] })] }),
      [],
      stage(),
    );
    expect(roles[0]).toMatchObject({ name: "agent", formerNames: ["helper"] });
  });
});

describe("planning a client", () => {
  it.each([
    { type: "machine", appType: "non_interactive" },
    { type: "web", appType: "regular_web" },
    { type: "spa", appType: "spa" },
    { type: "native", appType: "native" },
  ] as const)("makes a $type client the app type $appType", ({ type, ...expected }) => {
    const { clients } = plan(model({ clients: [client("it", {}, { type })] }), [], stage());
    expect(clients[0]).toMatchObject(expected);
  });

  it("lets it prove itself by nothing, its secret, or a private key", () => {
    const spring = { name: "spring", algorithm: "RS256", pem: "a public key" } as const;
    const { clients } = plan(
      model({
        clients: [
          client("a", {}, { authentication: { kind: "none" } }),
          client("b", {}, { authentication: { kind: "secret" } }),
          client("c", {}, { authentication: { kind: "private-key", publicKeys: [spring] } }),
        ],
      }),
      [],
      stage(),
    );
    expect(clients.map((each) => [each.authenticationMethod, each.publicKeys])).toEqual([
      ["none", []],
      ["client_secret_post", []],
      ["private_key_jwt", [spring]],
    ]);
  });

  it("tells policies the names of the roles that may sign in with it, and nothing where everybody may", () => {
    const { clients } = plan(
      model({
        roles: [role("agent", [], { name: "Agent" }), role("clerk", []), role("lead", [], { name: "Lead" })],
        clients: [
          client(
            "office",
            {},
            { type: "web", allowedRoles: ["agent", "lead"] as unknown as readonly RoleKey[] },
          ),
          client("shop", {}, { type: "spa" }),
        ],
      }),
      [],
      stage(),
    );
    expect(clients.map(({ metadata }) => metadata)).toEqual([{ allowed_roles: "Agent,Lead" }, {}]);
  });

  it("tells policies the metadata of a client, too", () => {
    const metadata = { plan: "gold" };
    const allowedRoles: readonly RoleKey[] = [];
    const clients = [client("worker", {}, { metadata }), client("office", {}, { metadata, allowedRoles })];
    expect(plan(model({ clients }), [], stage()).clients.map((each) => each.metadata)).toEqual([
      { plan: "gold" },
      { plan: "gold", allowed_roles: "" },
    ]);
  });

  it("grants the Management API by the tenant's own domain", () => {
    const { clients } = plan(
      model({ clients: [client("policies", { management: ["read:users"] })] }),
      [],
      stage(),
    );
    expect(clients[0]?.grants).toEqual([
      {
        name: "policies-management",
        formerNames: [],
        audience: "https://tenant.example/api/v2/",
        api: undefined,
        subject: "client",
        scopes: ["read:users"],
      },
    ]);
  });

  it("carries every name a grant had when the client and the API were renamed", () => {
    const { clients } = plan(
      model({
        apis: [api("orders", ["read:orders"], { formerly: ["shop" as ApiKey] })],
        clients: [client("worker", { orders: ["read:orders"] }, { formerly: ["job" as ClientKey] })],
      }),
      [],
      stage(),
    );
    expect(clients[0]?.grants[0]).toMatchObject({
      name: "worker-orders",
      formerNames: ["worker-shop", "job-orders", "job-shop"],
    });
  });

  it("puts the stage's values into its URLs", () => {
    const { clients } = plan(
      model({
        clients: [client("shop", {}, { type: "spa", callbacks: ["https://${domain}/back" as Template] })],
      }),
      [],
      stage(),
    );
    expect(clients[0]?.callbacks).toEqual(["https://example.com/back"]);
  });
});

describe("planning a flow", () => {
  const bundles = [
    bundle({ lane: "rule" }),
    bundle({ flow: "postUserRegistration", lane: "hook" }),
    bundle(),
    bundle({ flow: "postUserRegistration" }),
  ];

  it("takes hooks and rules where the stack says so", () => {
    const { flows } = plan(model(), bundles, stage({ extensibility: "rules-and-hooks" }));
    expect(flows.map(({ name, lane }) => [name, lane])).toEqual([
      ["login-rules-and-hooks", "rule"],
      ["post-user-registration-rules-and-hooks", "hook"],
    ]);
  });

  it("takes actions where the stack says so", () => {
    const { flows } = plan(model(), bundles, stage());
    expect(flows.map(({ name, lane }) => [name, lane])).toEqual([
      ["login-actions", "action"],
      ["post-user-registration-actions", "action"],
    ]);
  });

  it("shows names that rules and hooks accept: letters, digits and blanks", () => {
    const { flows } = plan(model(), bundles, stage());
    for (const { displayName } of flows)
      expect(displayName).toMatch(/^[a-zA-Z0-9]([ a-zA-Z0-9]*[a-zA-Z0-9])?$/);
  });

  it("names secrets and never holds them, and waits for what its values come from", () => {
    const policies = client("policies", { management: ["read:users"] }, { isPoliciesClient: true });
    const { flows } = plan(
      model({ roles: [role("customer", [])], clients: [policies] }),
      [
        bundle({
          values: [
            { key: "A", source: { kind: "stage", name: "domain" } },
            { key: "B", source: { kind: "secret", name: "hashKey" } },
            { key: "C", source: { kind: "role-id", role: "customer" } },
            { key: "D", source: { kind: "tenant-domain" } },
            { key: "E", source: { kind: "policies-client-id" } },
            { key: "F", source: { kind: "policies-client-secret" } },
          ],
        }),
      ],
      stage(),
    );
    expect(flows[0]?.values).toEqual([
      { key: "A", name: "A", kind: "text", text: "example.com" },
      { key: "B", name: "B", kind: "secret", secret: "hashKey" },
      { key: "C", name: "C", kind: "role-id", role: "customer" },
      { key: "D", name: "D", kind: "text", text: "tenant.example" },
      { key: "E", name: "E", kind: "client-id", client: "policies" },
      { key: "F", name: "F", kind: "client-secret", client: "policies" },
    ]);
    expect(flows[0]?.after).toEqual({ roles: ["customer"], clients: ["policies"] });
  });

  it("refuses a stage value that is not there", () => {
    const values = [{ key: "A", source: { kind: "stage", name: "nowhere" } }] as const;
    expect(() => plan(model(), [bundle({ values })], stage())).toThrow(
      'stage value "nowhere" is not known to the plan',
    );
  });
});

describe("a stage", () => {
  it("changes the plan and not the model", () => {
    const estate = model({ apis: [api("orders", ["read:orders"])] });
    const prod = stage({ values: new Map([["domain" as StageValueName, "example.org"]]) });
    expect(plan(estate, [], prod).apis[0]?.identifier).toBe("https://orders.example.org/");
    expect(estate.apis[0]?.identifier).toBe("https://orders.${domain}/");
  });
});
