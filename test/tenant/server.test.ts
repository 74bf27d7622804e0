import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { createTenant, type Tenant, TenantError, type TenantOptions } from "../../tenant/index.ts";

const running: Tenant[] = [];
const start = async (options?: TenantOptions) => {
  const tenant = await createTenant(options);
  running.push(tenant);
  return tenant;
};
afterEach(async () => {
  for (const tenant of running.splice(0)) await tenant.close();
});

/** The status of a GET, trusting only what is handed in. */
const status = (url: string, ca: string | string[], agent?: Agent) =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(url, { ca, ...(agent && { agent }) }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    asked.on("error", reject).end();
  });

describe("a tenant's port", () => {
  it("answers over TLS to whoever trusts its authority, by name and by address", async () => {
    const { url, ca } = await start();
    expect(await status(`${url}/.well-known/jwks.json`, ca.pem)).toBe(200);
    expect(await status(`${url.replace("localhost", "127.0.0.1")}/.well-known/jwks.json`, ca.pem)).toBe(200);
    expect(readFileSync(ca.path, "utf8")).toBe(ca.pem);
  });

  it("is refused by whoever does not", async () => {
    const [one, other] = [await start(), await start()];
    await expect(status(one.url, other.ca.pem)).rejects.toThrow(/certificate|signature/);
  });

  it("answers whoever trusts several tenants", async () => {
    const [one, other] = [await start(), await start()];
    for (const trusted of [
      [one.ca.pem, other.ca.pem],
      [other.ca.pem, one.ca.pem],
    ])
      expect(await status(`${one.url}/.well-known/jwks.json`, trusted)).toBe(200);
  });

  it("is not part of the domain if it is that of https", async () => {
    expect(await start({ listen: false, port: 443 })).toMatchObject({
      url: "https://localhost",
      domain: "localhost",
    });
    expect(await start({ listen: false, port: 8443 })).toMatchObject({ domain: "localhost:8443" });
  });

  it("that is taken is said, with a way out", async () => {
    const { domain } = await start();
    const port = Number(domain.split(":")[1]);
    const failure = await createTenant({ port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TenantError);
    expect(failure).toMatchObject({
      code: "port-taken",
      message: `port ${port} is in use by another program; stop it, or choose another port`,
    });
  });

  it("is free again after close, with connections that were kept alive", async () => {
    const agent = new Agent({ keepAlive: true });
    const first = await createTenant();
    expect(await status(`${first.url}/.well-known/jwks.json`, first.ca.pem, agent)).toBe(200);
    await first.close();
    const port = Number(first.domain.split(":")[1]);
    expect((await start({ port })).domain).toBe(first.domain);
    agent.destroy();
  });
});

describe("a tenant with a state directory", () => {
  it("is the same tenant at its next start, on another port", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "rolebook-test-"));
    const first = await createTenant({ stateDir, listen: false, port: 1001 });
    const { deployer, ca } = first;
    await first.close();
    const second = await createTenant({ stateDir, listen: false, port: 1002 });
    const grants = await second.fetch(`/api/v2/client-grants?client_id=${deployer.clientId}`, {
      headers: { authorization: `Bearer ${await second.managementToken(["read:client_grants"])}` },
    });
    expect(second.deployer).toEqual(deployer);
    expect(second.ca.pem).toBe(ca.pem);
    expect(await grants.json()).toMatchObject([{ audience: "https://localhost:1002/api/v2/" }]);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });

  it("tells its owner where it is, until it ends", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "rolebook-test-"));
    const tenant = await createTenant({ stateDir, listen: false });
    const file = join(stateDir, "tenant.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      url: tenant.url,
      domain: tenant.domain,
      deployer: tenant.deployer,
      control: tenant.control,
      ca: join(stateDir, "ca.pem"),
      pid: process.pid,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await tenant.close();
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
    rmSync(stateDir, { recursive: true });
  });
});

describe("starting a tenant", () => {
  it("prints nothing, and leaves nothing that keeps the process alive after close", async () => {
    const script = `
      import { createTenant } from ${JSON.stringify(join(import.meta.dirname, "../../tenant/index.ts"))};
      await (await createTenant()).close();`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      "--input-type=module-typescript",
      "-e",
      script,
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
  });

  it("gives the same ids for the same seed", async () => {
    const [one, same] = [
      await start({ seed: "x", listen: false }),
      await start({ seed: "x", listen: false }),
    ];
    expect(one.deployer).toEqual(same.deployer);
  });
});
