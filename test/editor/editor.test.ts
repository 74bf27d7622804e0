import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shippedSources } from "../support/shipped.ts";
import { type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor();
});

afterAll(() => editor.close());

/** A text with the first line that ties it to the schema of its kind. */
const role = (text: string) => `# yaml-language-server: $schema=../../docs/schema/role.json\n${text}`;
const group = (text: string) => `# yaml-language-server: $schema=../../docs/schema/group.json\n${text}`;
const client = (text: string) => `# yaml-language-server: $schema=../../docs/schema/client.json\n${text}`;
const api = (text: string) => `# yaml-language-server: $schema=../../docs/schema/api.json\n${text}`;
const guardrails = (text: string) =>
  `# yaml-language-server: $schema=../docs/schema/guardrails.json\n${text}`;

const roleKeys = [
  "accountant",
  "customer",
  "finance-lead",
  "support-agent",
  "support-lead",
  "warehouse-clerk",
];

describe.concurrent("an editor with the YAML language server", () => {
  const files = shippedSources().filter(({ path }) => path.startsWith("rbac/"));

  it.each(files)(
    "knows by its first line what $path declares, and finds nothing wrong",
    async ({ path, text }) => {
      expect(await editor.problems(dirname(path), `${text}nonsense: true\n`)).toEqual([
        { marked: "nonsense", message: "Property nonsense is not allowed." },
      ]);
    },
  );

  it.each([
    ["a role", "rbac/roles", role("name: Clerk\nin|"), ["includes"]],
    ["an API", "rbac/apis", api("identifier: https://x/\ntoken|"), ["tokenLifetime"]],
    ["a client", "rbac/clients", client("type: spa\ncall|"), ["callbacks"]],
    ["a group", "rbac/groups", group("name: Finance\ndeli|"), ["delivery"]],
    ["guardrails", "rbac", guardrails("ne|"), ["never"]],
  ])("completes the keys of %s", async (_, folder, text, keys) => {
    expect(await editor.completions(folder, text)).toEqual(expect.arrayContaining(keys));
  });

  it("tells of a key what it is for", async () => {
    expect(await editor.hover("rbac/roles", role("inclu|des: [customer]\n"))).toContain("gives everything");
  });
});

describe.concurrent("permissions in an editor", () => {
  it("complete the keys of declared APIs", async () => {
    expect(await editor.completions("rbac/roles", role("permissions:\n  |\n"))).toEqual([
      "billing",
      "orders",
      "support",
    ]);
  });

  it("complete the scopes of the API and of no other", async () => {
    const scopes = [
      "cancel:own-orders",
      "create:own-orders",
      "fulfill:orders",
      "read:orders",
      "read:own-orders",
      "refund:orders",
      "update:orders",
    ];
    expect(await editor.completions("rbac/roles", role("permissions:\n  orders:\n    - |\n"))).toEqual(
      scopes,
    );
    expect(await editor.completions("rbac/roles", role("permissions:\n  orders: [r|]\n"))).toEqual(scopes);
  });

  it("tell what a scope is and how much risk it is", async () => {
    const hover = await editor.hover("rbac/roles", role("permissions:\n  orders: [refund:or|ders]\n"));
    expect(hover).toContain("`refund:orders`: Give money back for an order (high risk)");
  });

  it("take patterns", async () => {
    expect(await editor.problems("rbac/roles", role('permissions:\n  orders: ["read:*", "*"]\n'))).toEqual(
      [],
    );
  });

  it.each([
    ["a scope that is misspelt", "orders: [read:orders, read:order]", "read:order"],
    ["a scope of another API", "orders: [read:orders, read:tickets]", "read:tickets"],
    ["an API that is not declared", "order: [read:orders]", "order"],
    ["the Management API, which no role has", "management: [read:users]", "management"],
  ])("mark %s", async (_, permission, marked) => {
    const problems = await editor.problems("rbac/roles", role(`permissions:\n  ${permission}\n`));
    expect(problems.map((each) => each.marked)).toEqual([marked]);
  });
});

describe.concurrent("names of roles and groups in an editor", () => {
  it.each([
    ["included roles", "rbac/roles", role("includes:\n  - |\n")],
    ["allowed roles", "rbac/clients", client("type: spa\nallowedRoles:\n  - |\n")],
    ["roles of a group", "rbac/groups", group("roles:\n  - |\n")],
    ["roles of the same people", "rbac", guardrails("together:\n  - - |\n")],
  ])("are completed as %s", async (_, folder, text) => {
    expect(await editor.completions(folder, text)).toEqual(roleKeys);
  });

  it("are completed as groups around one", async () => {
    const offered = await editor.completions("rbac/groups", group("within:\n  - |\n"));
    expect(offered).toEqual(expect.arrayContaining(["employees", "finance", "warehouse"]));
  });

  it.each([
    ["an included role", "rbac/roles", role("includes: [custmer]\n"), "custmer"],
    ["an allowed role", "rbac/clients", client("type: spa\nallowedRoles: [custmer]\n"), "custmer"],
    ["a group", "rbac/groups", group("within: [employes]\n"), "employes"],
    [
      "the role of an approval",
      "rbac",
      guardrails("approved:\n  - { role: custmer, permission: orders/read:orders, by: me, reason: x }\n"),
      "custmer",
    ],
  ])("are marked if unknown: %s", async (_, folder, text, marked) => {
    expect((await editor.problems(folder, text)).map((each) => each.marked)).toEqual([marked]);
  });
});

describe.concurrent("grants in an editor", () => {
  it("complete scopes of the Management API and what policies use", async () => {
    const offered = await editor.completions(
      "rbac/clients",
      client("type: machine\ngrants:\n  management: |\n"),
    );
    expect(offered).toEqual(expect.arrayContaining(["from-policies"]));
    const scopes = await editor.completions(
      "rbac/clients",
      client("type: machine\ngrants:\n  management: [read:us|]\n"),
    );
    expect(scopes).toEqual(expect.arrayContaining(["read:users", "read:user_idp_tokens"]));
  });

  it.each([
    ["management: [read:user]", "read:user"],
    ["orders: from-policies", "from-policies"],
    ["orders: [read:tickets]", "read:tickets"],
  ])("mark %s", async (grant, marked) => {
    const problems = await editor.problems("rbac/clients", client(`type: machine\ngrants:\n  ${grant}\n`));
    expect(problems.map((each) => each.marked)).toEqual([marked]);
  });
});

describe.concurrent("accepted warnings in an editor", () => {
  const accepted = (text: string) =>
    `# yaml-language-server: $schema=../docs/schema/accepted-warnings.json\n${text}`;

  it("complete the codes of warnings", async () => {
    const offered = await editor.completions("rbac", accepted("- code: |\n"));
    expect(offered).toEqual(expect.arrayContaining(["ungranted-scope", "unreachable-role"]));
  });

  it("mark codes that there are not", async () => {
    const text = accepted("- { code: unreachable-roles, file: rbac/*, reason: Later }\n");
    expect((await editor.problems("rbac", text)).map(({ marked }) => marked)).toEqual(["unreachable-roles"]);
  });
});

describe.concurrent("guardrails in an editor", () => {
  const never = (permission: string) =>
    guardrails(`never:\n  - { permission: "${permission}", reason: Told so }\n`);

  it("complete permissions", async () => {
    const offered = await editor.completions("rbac", guardrails("approve:\n  - permission: |\n"));
    expect(offered).toEqual(expect.arrayContaining(["orders/refund:orders", "management/delete:users"]));
  });

  it.each(["orders/refund:orders", "management/delete:*", "*/delete:*", "or*/refund:orders"])(
    "take %s",
    async (permission) => {
      expect(await editor.problems("rbac", never(permission))).toEqual([]);
    },
  );

  it.each(["orders/refund:order", "order/refund:*", "refund:orders", "*"])("mark %s", async (permission) => {
    expect((await editor.problems("rbac", never(permission))).map((each) => each.marked)).toEqual([
      `"${permission}"`,
    ]);
  });
});
