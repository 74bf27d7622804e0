import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seededSource } from "../../tenant/ids.ts";
import { createTenant, TenantError } from "../../tenant/index.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "rolebook-test-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const main = join(import.meta.dirname, "../../src/cli/rolebook.js");
const token = "durable";
const audience = "https://orders.example.com";
const scopes = Array.from({ length: 20 }, (_, n) => `act:${n}`);

/** A tenant of its own process on the directory, and calls of its Management API over connections that are kept. */
async function startProcess() {
  const args = [main, "tenant", "--port", "0", "--state", directory, "--management-token", token];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const { url, ca } = JSON.parse(String(line)) as { url: string; ca: string };
  const agent = new Agent({ keepAlive: true, ca: readFileSync(ca) });
  /** The body of an answer that was received whole; undefined if it was not, or refused. */
  const call = (path: string, body: unknown) =>
    new Promise<{ readonly id: string } | undefined>((resolve) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      request(`${url}/api/v2${path}`, { method: "POST", agent, headers }, (response) => {
        let text = "";
        response
          .setEncoding("utf8")
          .on("data", (part) => (text += part))
          .on("error", () => resolve(undefined))
          .on("end", () => resolve((response.statusCode ?? 500) < 300 ? JSON.parse(text) : undefined));
      })
        .on("error", () => resolve(undefined))
        .end(JSON.stringify(body));
    });
  const kill = async () => {
    child.kill("SIGKILL");
    if (child.signalCode === null) await once(child, "exit");
    agent.destroy();
  };
  return { call, kill };
}

/** What is stored: roles by id, and how many permissions each has. */
async function stored(): Promise<ReadonlyMap<string, number>> {
  const tenant = await createTenant({ stateDir: directory, listen: false });
  const { roles = [], role_permissions = [] } = tenant.snapshot();
  await tenant.close();
  const counts = new Map((roles as { id: string }[]).map(({ id }) => [id, 0]));
  for (const { role_id } of role_permissions as { role_id: string }[])
    counts.set(role_id, (counts.get(role_id) ?? Number.NaN) + 1); // NaN: permissions of a role that is not there
  return counts;
}

describe("a tenant that is killed while it writes", () => {
  it("has every write that it acknowledged, and no half of one", async () => {
    const random = seededSource("moments");
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < 4; round++) {
      const { call, kill } = await startProcess();
      if (round === 0)
        await call("/resource-servers", { identifier: audience, scopes: scopes.map((value) => ({ value })) });
      let left = 1 + ((random(1)[0] ?? 0) % 100);
      let killed: Promise<void> | undefined;
      const acknowledge = (role: string, permissions: number) => {
        acknowledged.set(role, permissions);
        left -= 1;
        // The other writers are in the midst of theirs.
        if (left === 0) killed = kill();
      };
      const write = async (writer: number) => {
        for (let n = 0; !killed; n++) {
          const role = await call("/roles", { name: `role ${round} ${writer} ${n}` });
          if (!role) return;
          acknowledge(role.id, 0);
          const permissions = scopes.map((permission_name) => ({
            permission_name,
            resource_server_identifier: audience,
          }));
          if (!(await call(`/roles/${role.id}/permissions`, { permissions }))) return;
          acknowledge(role.id, scopes.length);
        }
      };
      await Promise.all([0, 1, 2, 3].map(write));
      await killed;
      const found = await stored();
      const lost = [...acknowledged].filter(([role, permissions]) => (found.get(role) ?? -1) < permissions);
      const halves = [...found].filter(
        ([, permissions]) => permissions !== 0 && permissions !== scopes.length,
      );
      expect({ round, lost, halves }).toEqual({ round, lost: [], halves: [] });
    }
    expect(acknowledged.size).toBeGreaterThan(4);
  });
});

describe("a state that was damaged while nobody ran", () => {
  /** How a start on the directory ends: a code, or what it found. */
  const restart = () =>
    stored().then(
      (found) => found.size,
      (error: unknown) => (error instanceof TenantError ? error.code : error),
    );
  const ROLES = 300;
  beforeEach(async () => {
    const tenant = await createTenant({ stateDir: directory, listen: false });
    const roles = Array.from({ length: ROLES }, (_, n) => ({
      id: `rol_${n}`,
      name: `role ${n}`,
      type: "tenant",
    }));
    tenant.restore({ ...tenant.snapshot(), roles });
    await tenant.close();
  });
  const file = () => join(directory, "tenant.db");

  it("is read when nothing is wrong with it", async () => {
    expect(await restart()).toBe(ROLES);
  });

  it.each([0, 100, 5000, 40_960])("is noticed when the file is cut off after %i bytes", async (kept) => {
    truncateSync(file(), kept);
    expect(await restart()).toBe("state-damaged");
  });

  it("is noticed when one letter of one name is another", async () => {
    const whole = readFileSync(file(), "latin1");
    const results = new Set<unknown>();
    for (let n = 0; n < ROLES; n += 10) {
      writeFileSync(file(), whole.replaceAll(`"role ${n}"`, `"rule ${n}"`), "latin1");
      results.add(await restart());
    }
    expect(results).toEqual(new Set(["state-damaged"]));
  });
});

describe("the write-ahead log of a tenant that was killed", () => {
  const log = () => join(directory, "tenant.db-wal");
  let whole: Buffer;
  beforeEach(async () => {
    const { call, kill } = await startProcess();
    for (let n = 0; n < 5; n++) await call("/roles", { name: `role ${n}` });
    await kill();
    whole = readFileSync(log());
  });
  const restart = () =>
    stored().then(
      (found) => found.size,
      (error: unknown) => (error instanceof TenantError ? error.code : error),
    );

  it("is read to its end when nothing is wrong with it, or something only half written stands there", async () => {
    writeFileSync(log(), Buffer.concat([whole, whole.subarray(0, 1000)]));
    expect(await restart()).toBe(5);
  });

  it("is read after a large transaction that was taken back", async () => {
    const script = `
      import { openStore } from ${JSON.stringify(join(import.meta.dirname, "../../tenant/store.ts"))};
      const store = openStore(${JSON.stringify(directory)});
      const role = (id) => store.roles.insert({ id, name: id, type: "tenant", description: "x".repeat(2000) });
      try {
        store.transaction(() => {
          for (let n = 0; n < 20_000; n++) role("big" + n);
          throw new Error("back");
        });
      } catch {}
      role("small");
      process.kill(process.pid, "SIGKILL");`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: "inherit",
    });
    expect((await once(child, "exit"))[1]).toBe("SIGKILL");
    expect(await restart()).toBe(6);
  });

  it("is noticed when a byte of it is another one", async () => {
    const kept = readFileSync(join(directory, "tenant.db"));
    const random = seededSource("bytes");
    const results = new Set<unknown>();
    for (let attempt = 0; attempt < 10; attempt++) {
      // Not in the last frame, which a kill may have torn.
      const place = Buffer.from(random(4)).readUInt32LE() % (whole.length - 2 * 4096);
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(place) ^ 1, place);
      writeFileSync(join(directory, "tenant.db"), kept);
      writeFileSync(log(), damaged);
      results.add(await restart());
    }
    expect(results).toEqual(new Set(["state-damaged"]));
  });
});
