import { describe, expect, it, onTestFinished } from "vitest";
import { createTenant, type Tenant, type TenantOptions } from "../../tenant/index.ts";

async function start(options: TenantOptions = {}): Promise<Tenant> {
  const tenant = await createTenant({ listen: false, port: 1001, ...options });
  onTestFinished(() => tenant.close());
  return tenant;
}
const call = async (tenant: Tenant, method: string, path: string, body?: unknown) => {
  const response = await tenant.fetch(`/api/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tenant.managementToken()}`,
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.json() as Promise<{ name: string; audience: string; id: string }[]>;
};
const roles = async (tenant: Tenant) => (await call(tenant, "GET", "/roles")).map(({ name }) => name);

describe("a fork", () => {
  it("begins with everything, and goes its own way", async () => {
    const tenant = await start();
    await call(tenant, "POST", "/roles", { name: "shared" });
    const fork = await tenant.fork({ port: 1002 });
    await call(fork, "POST", "/roles", { name: "of the fork" });
    await call(tenant, "POST", "/roles", { name: "of the tenant" });
    expect(await roles(fork)).toEqual(["shared", "of the fork"]);
    expect(await roles(tenant)).toEqual(["shared", "of the tenant"]);
  });

  it("has the keys, the certificate and the deployer, at an address of its own", async () => {
    const tenant = await start();
    const fork = await tenant.fork({ port: 1002 });
    const jwks = async (each: Tenant) => (await each.fetch("/.well-known/jwks.json")).json();
    expect(await jwks(fork)).toEqual(await jwks(tenant));
    expect(fork.ca.pem).toBe(tenant.ca.pem);
    expect(fork.deployer).toEqual(tenant.deployer);
    expect(fork.url).toBe("https://localhost:1002");
    const [grant] = await call(fork, "GET", `/client-grants?client_id=${fork.deployer.clientId}`);
    expect(grant?.audience).toBe("https://localhost:1002/api/v2/");
  });

  it("begins at the time of its tenant, and keeps a time of its own", async () => {
    const tenant = await start();
    tenant.clock.freeze();
    tenant.clock.set(0);
    const fork = await tenant.fork();
    tenant.clock.advance(1000);
    expect([fork.clock.now(), tenant.clock.now()]).toEqual([0, 1000]);
  });

  it("gives no id that its tenant gives", async () => {
    const tenant = await start({ seed: "x" });
    const forks = [await tenant.fork(), await tenant.fork()];
    const made = await Promise.all(
      [tenant, ...forks].map(async (each) => call(each, "POST", "/roles", { name: "r" })),
    );
    expect(new Set(made.map((role) => (role as unknown as { id: string }).id)).size).toBe(3);
  });

  it("answers on a port, and ends with its tenant", async () => {
    const tenant = await createTenant();
    const fork = await tenant.fork();
    const { port } = new URL(fork.url);
    await tenant.close();
    const next = await start({ port: Number(port), listen: true }); // the port is free again
    expect(next.url).toBe(fork.url);
  });
});

describe("a snapshot", () => {
  it("can be put into another tenant, whose address it takes", async () => {
    const tenant = await start();
    await call(tenant, "POST", "/roles", { name: "moved" });
    const other = await start({ port: 1002 });
    other.restore(tenant.snapshot());
    expect(await roles(other)).toEqual(["moved"]);
    const [grant] = await call(other, "GET", `/client-grants?client_id=${other.deployer.clientId}`);
    expect(grant?.audience).toBe("https://localhost:1002/api/v2/");
  });
});
