import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changingCalls, Workspace } from "../support/workspace.ts";

const { publicKey: spring } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const { publicKey: autumn } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const publicKey = (name: string, key: KeyObject) =>
  `  - { name: ${name}, pem: ${JSON.stringify(key.export({ type: "spki", format: "pem" }))} }\n`;

const estate = {
  "rbac/apis/orders.yaml": `identifier: https://orders.\${domain}/
requireUserGrants: true
scopes:
  read:orders: See orders
`,
  "rbac/roles/clerk.yaml": "name: Clerk\npermissions: { orders: [read:orders] }\n",
  "rbac/clients/shop.yaml":
    "description: Not in ${claimNamespace}\ntype: spa\ngrants: { orders: [read:orders] }\n",
  "rbac/clients/worker.yaml": `type: machine
grants: { orders: [read:orders] }
authentication: private-key
publicKeys:
${publicKey("spring", spring)}`,
  "hooks/flows.ts": 'import { flows } from "#policy";\n\nexport default flows({});\n',
};

let workspace: Workspace;
let worker: string;

beforeAll(async () => {
  workspace = await Workspace.create({ estate, config: { "rolebook:protect": "true" } });
  await workspace.apply();
  const clients = await workspace.manage<{ client_id: string; name: string }[]>("GET", "/clients");
  worker = clients.find(({ name }) => name === "worker")?.client_id ?? "";
});
afterAll(() => workspace.close());

/** Names of the keys that are attached to the worker: those its signatures are verified with. */
async function attachedKeys(): Promise<readonly string[]> {
  const { client_authentication_methods: methods } = await workspace.manage<{
    client_authentication_methods: { private_key_jwt: { credentials: { id: string }[] } } | null;
  }>("GET", `/clients/${worker}`);
  const known = await workspace.manage<{ id: string; name: string }[]>(
    "GET",
    `/clients/${worker}/credentials`,
  );
  const attached = methods?.private_key_jwt.credentials.map(({ id }) => id) ?? [];
  expect(known.map(({ id }) => id).sort()).toEqual(attached.toSorted());
  return known.map(({ name }) => name).sort();
}

describe("grants", () => {
  it("are of the client itself for a machine, and for its users elsewhere", async () => {
    const grants = await workspace.manage<{ subject_type: string; scope: string[] }[]>(
      "GET",
      "/client-grants",
    );
    const made = grants.filter(({ scope }) => scope.includes("read:orders"));
    expect(made.map(({ subject_type }) => subject_type).sort()).toEqual(["client", "user"]);
  });

  it("are what users' tokens take where the API says so", async () => {
    const apis = await workspace.manage<{ name: string; subject_type_authorization: unknown }[]>(
      "GET",
      "/resource-servers",
    );
    expect(apis.find(({ name }) => name === "orders")?.subject_type_authorization).toEqual({
      user: { policy: "require_client_grant" },
      client: { policy: "require_client_grant" },
    });
  });
});

describe("a client with a private key", () => {
  it("is known by its public key, and left alone by another up", async () => {
    expect(await attachedKeys()).toEqual(["spring"]);
    expect(changingCalls(await workspace.calls(() => workspace.apply()))).toEqual([]);
  });

  it("goes over from one key to another by way of both", async () => {
    const [old, next] = [publicKey("spring", spring), publicKey("autumn", autumn)];
    workspace.replace("rbac/clients/worker.yaml", old, old + next);
    await workspace.apply();
    expect(await attachedKeys()).toEqual(["autumn", "spring"]);
    workspace.replace("rbac/clients/worker.yaml", old, "");
    await workspace.apply();
    expect(await attachedKeys()).toEqual(["autumn"]);
  });
});
