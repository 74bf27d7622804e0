import { get } from "node:https";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createClock } from "../../tenant/clock.ts";
import { createTenant, type Fault } from "../../tenant/index.ts";

const clock = createClock();
clock.freeze();
const tenant = await createTenant({ clock });
const authorization = `Bearer ${await tenant.managementToken()}`;
beforeEach(() => tenant.reset());
afterAll(() => tenant.close());

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await tenant.fetch(`/api/v2${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
};
const makeRole = (name: string) => ask("POST", "/roles", { name });
const roleNames = async () => (await ask("GET", "/roles")).body.map(({ name }: { name: string }) => name);
const stored = () => (tenant.snapshot().roles as { name: string }[]).map(({ name }) => name);

describe("a fault", () => {
  it("fails the nth call of an operation, so many times, and no other", async () => {
    tenant.faults.add({ operation: "createRole", nth: 2, times: 2, effect: { kind: "status", status: 503 } });
    const statuses: number[] = [];
    for (const name of ["a", "b", "c", "d"]) statuses.push((await makeRole(name)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(stored()).toEqual(["a", "d"]);
    expect((await ask("GET", "/roles")).status).toBe(200);
  });

  it("may fail calls for a time, from the first that it hits", async () => {
    tenant.faults.add({
      operation: "listRoles",
      milliseconds: 1000,
      effect: { kind: "status", status: 503 },
    });
    clock.advance(5000);
    const status = async () => (await ask("GET", "/roles")).status;
    expect([await status(), await status()]).toEqual([503, 503]);
    clock.advance(999);
    expect(await status()).toBe(503);
    clock.advance(1);
    expect(await status()).toBe(200);
  });

  it("is chosen by method and path too", async () => {
    tenant.faults.add({
      method: "get",
      path: "/api/v2/roles/*",
      times: null,
      effect: { kind: "status", status: 500 },
    });
    const { body: role } = await makeRole("a");
    expect((await ask("GET", `/roles/${role.id}`)).status).toBe(500);
    expect((await ask("GET", `/roles/${role.id}/permissions`)).status).toBe(500);
    expect((await ask("GET", "/roles")).status).toBe(200);
    expect((await ask("PATCH", `/roles/${role.id}`, { name: "b" })).status).toBe(200);
  });

  it("answers in the form of the API, or what it is told to", async () => {
    tenant.faults.add({ operation: "listRoles", effect: { kind: "status", status: 500 } });
    expect(await ask("GET", "/roles")).toEqual({
      status: 500,
      body: {
        statusCode: 500,
        error: "Internal Server Error",
        message: "A fault script answers",
        errorCode: "fault",
      },
    });
    tenant.faults.add({ operation: "jwks", effect: { kind: "status", status: 502 } });
    expect(await (await tenant.fetch("/.well-known/jwks.json")).json()).toMatchObject({ error: "fault" });
    tenant.faults.add({
      operation: "listRoles",
      effect: { kind: "status", status: 418, body: { tea: true }, headers: { "x-pot": "1" } },
    });
    expect(await ask("GET", "/roles")).toEqual({ status: 418, body: { tea: true } });
    tenant.faults.add({ operation: "listRoles", effect: { kind: "status", status: 204 } });
    expect(await ask("GET", "/roles")).toEqual({ status: 204, body: undefined });
  });

  it("is noted in the call log", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "lost" } });
    await expect(makeRole("a")).rejects.toThrow();
    expect(tenant.calls()).toMatchObject([{ operation: "createRole", status: 200, fault: "lost" }]);
  });

  it("tells how often it matched and hit", async () => {
    tenant.faults.add({ operation: "listRoles", nth: 2, effect: { kind: "slow", milliseconds: 0 } });
    await ask("GET", "/roles");
    await ask("GET", "/roles");
    await ask("GET", "/roles");
    expect(tenant.faults.list()).toMatchObject([{ matched: 3, hits: 1, nth: 2, times: 1 }]);
    tenant.faults.clear();
    expect(tenant.faults.list()).toEqual([]);
  });

  it("leaves its turn to an earlier one that is due", async () => {
    tenant.faults.add({ effect: { kind: "status", status: 500 } });
    tenant.faults.add({ effect: { kind: "status", status: 501 }, nth: 2 });
    expect([(await makeRole("a")).status, (await makeRole("b")).status]).toEqual([500, 501]);
  });

  it("of no known kind is refused", () => {
    expect(() => tenant.faults.add({ effect: { kind: "fire" } } as unknown as Fault)).toThrow();
    expect(() => tenant.faults.add({ effect: { kind: "late" } })).toThrow(/how long/);
    expect(tenant.faults.list()).toEqual([]);
  });
});

describe("an answer that is lost", () => {
  it("is of a request that is carried out", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "lost" } });
    await expect(makeRole("a")).rejects.toThrow();
    expect(await roleNames()).toEqual(["a"]);
  });

  it("ends the connection", async () => {
    tenant.faults.add({ operation: "jwks", effect: { kind: "lost" } });
    const failure = await new Promise((resolve) =>
      get(`${tenant.url}/.well-known/jwks.json`, { ca: tenant.ca.pem }, resolve).on("error", resolve),
    );
    expect(failure).toMatchObject({ code: "ECONNRESET" });
  });
});

describe("a request that is never answered", () => {
  it("is not carried out, and ends with the caller's patience", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "timeout" } });
    const patience = new AbortController();
    const answer = tenant.fetch("/api/v2/roles", {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: '{"name":"a"}',
      signal: patience.signal,
    });
    patience.abort();
    await expect(answer).rejects.toThrow();
    expect(stored()).toEqual([]);
    expect(tenant.calls()).toMatchObject([{ operation: "createRole", status: 0, fault: "timeout" }]);
  });

  it("ends with a connection that the caller ends", async () => {
    tenant.faults.add({ operation: "jwks", effect: { kind: "timeout" } });
    const asked = get(`${tenant.url}/.well-known/jwks.json`, { ca: tenant.ca.pem });
    asked.on("error", () => {});
    await vi.waitFor(() => expect(tenant.faults.list()).toMatchObject([{ hits: 1 }]));
    asked.destroy();
    await vi.waitFor(() => expect(tenant.calls()).toMatchObject([{ operation: "jwks", status: 0 }]));
  });

  it("does not keep the tenant from closing", async () => {
    const other = await createTenant({ listen: false });
    other.faults.add({ effect: { kind: "timeout" } });
    const answer = other.fetch("/.well-known/jwks.json").catch((error: Error) => error.name);
    await other.close();
    expect(await answer).toBe("NoAnswer");
  });
});

describe("a write that is seen late", () => {
  it("is missing in so many reads, and is there for writes", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "late", reads: 2 } });
    const { body: role } = await makeRole("a");
    expect(await roleNames()).toEqual([]);
    expect((await makeRole("a")).status).toBe(409);
    expect((await ask("GET", `/roles/${role.id}`)).status).toBe(404);
    expect(await roleNames()).toEqual(["a"]);
  });

  it("is missing for so long, by the tenant's clock", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "late", milliseconds: 1000 } });
    await makeRole("a");
    clock.advance(999);
    expect(await roleNames()).toEqual([]);
    clock.advance(1);
    expect(await roleNames()).toEqual(["a"]);
  });

  it("may be late in some reads only, as a search is", async () => {
    tenant.faults.add({
      operation: "createRole",
      effect: { kind: "late", milliseconds: 1000, in: ["listRoles"] },
    });
    const { body: role } = await makeRole("a");
    expect(await roleNames()).toEqual([]);
    expect((await ask("GET", `/roles/${role.id}`)).status).toBe(200);
  });

  it("shows what was there before while a change or a removal is late", async () => {
    const { body: role } = await makeRole("a");
    await makeRole("b");
    tenant.faults.add({ method: "PATCH", effect: { kind: "late", reads: 1 } });
    await ask("PATCH", `/roles/${role.id}`, { name: "c" });
    expect([await roleNames(), await roleNames()]).toEqual([
      ["a", "b"],
      ["c", "b"],
    ]);
    tenant.faults.add({ method: "DELETE", effect: { kind: "late", reads: 1 } });
    await ask("DELETE", `/roles/${role.id}`);
    expect([(await roleNames()).sort(), await roleNames()]).toEqual([["b", "c"], ["b"]]);
  });

  it("is stored at once", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "late", reads: 1 } });
    await makeRole("a");
    expect(stored()).toEqual(["a"]);
  });

  it("is seen once faults are cleared", async () => {
    tenant.faults.add({ operation: "createRole", effect: { kind: "late", reads: 9 } });
    await makeRole("a");
    tenant.faults.clear();
    expect(await roleNames()).toEqual(["a"]);
  });
});

describe("the build of an action", () => {
  const makeAction = async () =>
    (
      await ask("POST", "/actions/actions", {
        name: "a",
        supported_triggers: [{ id: "post-login", version: "v3" }],
        code: "exports.onExecutePostLogin = async () => {};",
      })
    ).body.id;
  const statusOf = async (id: string) => (await ask("GET", `/actions/actions/${id}`)).body.status;

  it("goes on for as many looks as a fault says, and nothing is deployed meanwhile", async () => {
    const id = await makeAction();
    tenant.faults.add({ operation: "getAction", times: 2, effect: { kind: "building" } });
    expect(await statusOf(id)).toBe("building");
    expect((await ask("POST", `/actions/actions/${id}/deploy`)).status).toBe(400);
    expect([await statusOf(id), await statusOf(id)]).toEqual(["building", "built"]);
    expect((await ask("POST", `/actions/actions/${id}/deploy`)).status).toBe(200);
  });

  it("fails where a fault says so", async () => {
    const id = await makeAction();
    tenant.faults.add({ operation: "getAction", times: null, effect: { kind: "build-failed" } });
    expect(await statusOf(id)).toBe("failed");
    expect((await ask("POST", `/actions/actions/${id}/deploy`)).status).toBe(400);
  });
});
