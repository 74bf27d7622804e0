import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createTenant } from "../../../tenant/index.ts";

const tenant = await createTenant({ seed: "control" });
const { token } = tenant.control;
beforeEach(() => {
  tenant.reset();
  tenant.clock.run();
});
afterAll(() => tenant.close());

/** The control API's answer. */
async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await tenant.fetch(`/.tenant${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
const manage = async (method: string, path: string, body?: unknown) =>
  tenant.fetch(`/api/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tenant.managementToken()}`,
      "content-type": "application/json",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

describe("the control API's door", () => {
  it.each([
    ["no token", {}],
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["another scheme", { authorization: `Basic ${token}` }],
  ])("is closed to %s, and says where the token is", async (_, headers) => {
    const response = await tenant.fetch("/.tenant/calls", { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: "bad_token", message: expect.stringContaining("tenant.json") },
    });
  });

  it("is closed to management tokens", async () => {
    const headers = { authorization: `Bearer ${await tenant.managementToken()}` };
    expect((await tenant.fetch("/.tenant/", { headers })).status).toBe(401);
  });

  it("is closed to web pages of elsewhere, though they had the token", async () => {
    const answer = await ask("GET", "/calls", undefined, { origin: "https://evil.example" });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: "foreign_origin" } } });
    expect((await ask("GET", "/calls", undefined, { origin: tenant.url })).status).toBe(200);
  });

  it("is closed to other names for this machine", async () => {
    const { port } = new URL(tenant.url);
    const status = (host: string) =>
      new Promise((resolve, reject) =>
        httpsRequest(
          `${tenant.url}/.tenant/calls`,
          { ca: tenant.ca.pem, servername: "localhost", headers: { host, authorization: `Bearer ${token}` } },
          ({ statusCode }) => resolve(statusCode),
        )
          .on("error", reject)
          .end(),
      );
    expect(await status(`evil.example:${port}`)).toBe(403);
    expect(await status(`127.0.0.1:${port}`)).toBe(200);
  });

  it("is open at the port that clients do not write", async () => {
    const other = await createTenant({ listen: false, port: 443 });
    const headers = { authorization: `Bearer ${other.control.token}` };
    expect((await other.fetch("/.tenant/calls", { headers })).status).toBe(200);
    await other.close();
  });

  it("takes a token that was handed in, and makes one that no seed tells", async () => {
    const given = await createTenant({ listen: false, controlToken: "given" });
    expect(given.control.token).toBe("given");
    const [one, same] = [
      await createTenant({ listen: false, seed: "x" }),
      await createTenant({ listen: false, seed: "x" }),
    ];
    expect(one.control.token).not.toBe(same.control.token);
    for (const each of [given, one, same]) await each.close();
  });
});

describe("the control API", () => {
  it("shows calls, but is not in them, and logs", async () => {
    await tenant.fetch("/.well-known/jwks.json");
    expect(await ask("GET", "/calls")).toMatchObject({ status: 200, body: [{ operation: "jwks" }] });
    expect(await ask("GET", "/logs")).toEqual({ status: 200, body: [] });
  });

  it("counts the endpoints that the tenant does not have", async () => {
    await manage("GET", "/phones");
    await manage("GET", "/phones");
    await tenant.fetch("/samlp/metadata");
    expect(await ask("GET", "/unknown-endpoints")).toEqual({
      status: 200,
      body: [
        { method: "GET", path: "/api/v2/phones", count: 2 },
        { method: "GET", path: "/samlp/metadata", count: 1 },
      ],
    });
  });

  it("adds, lists and clears faults", async () => {
    const fault = { operation: "listRoles", effect: { kind: "status", status: 503 } };
    expect(await ask("POST", "/faults", fault)).toMatchObject({
      status: 201,
      body: { nth: 1, times: 1, hits: 0 },
    });
    expect((await manage("GET", "/roles")).status).toBe(503);
    expect(await ask("GET", "/faults")).toMatchObject({ body: [{ ...fault, hits: 1 }] });
    expect((await ask("DELETE", "/faults")).status).toBe(204);
    expect((await ask("GET", "/faults")).body).toEqual([]);
  });

  it("moves, stops and starts the clock", async () => {
    await ask("POST", "/clock", { freeze: true });
    expect(await ask("POST", "/clock", { set: "2030-01-01T00:00:00Z" })).toEqual({
      status: 200,
      body: { now: "2030-01-01T00:00:00.000Z", isFrozen: true },
    });
    expect((await ask("POST", "/clock", { advance: 1500 })).body.now).toBe("2030-01-01T00:00:01.500Z");
    expect((await ask("POST", "/clock", { run: true })).body.isFrozen).toBe(false);
    tenant.clock.set(Date.now());
  });

  it("takes a snapshot and goes back to it", async () => {
    await manage("POST", "/roles", { name: "kept" });
    const { body: snapshot } = await ask("GET", "/snapshot");
    await manage("POST", "/roles", { name: "lost" });
    expect((await ask("POST", "/restore", snapshot)).status).toBe(204);
    expect(await (await manage("GET", "/roles")).json()).toMatchObject([{ name: "kept" }]);
    expect((await ask("POST", "/reset")).status).toBe(204);
    expect(await (await manage("GET", "/roles")).json()).toEqual([]);
  });

  it("starts a fork and says where it is", async () => {
    await manage("POST", "/roles", { name: "shared" });
    const { status, body } = await ask("POST", "/fork", { plan: "free" });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        url: expect.stringMatching(/^https:\/\/localhost:\d+$/),
        ca: expect.any(String),
        control: { url: `${body.url}/.tenant`, token: expect.any(String) },
      },
    });
    expect(body.url).not.toBe(tenant.url);
  });

  it("waits until nothing goes on any more", async () => {
    expect((await ask("POST", "/settled")).status).toBe(204);
  });

  it("streams calls and log entries as they happen", async () => {
    const response = await tenant.fetch("/.tenant/events", { headers: { authorization: `Bearer ${token}` } });
    const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(JSON.parse((await lines?.read())?.value ?? "")).toEqual({ type: "ready" });
    await tenant.fetch("/.well-known/jwks.json");
    expect(JSON.parse((await lines?.read())?.value ?? "")).toMatchObject({
      type: "call",
      call: { operation: "jwks" },
    });
    await lines?.cancel();
    await tenant.fetch("/.well-known/jwks.json"); // nobody listens any more
  });

  it.each([
    ["POST", "/clock", "{", 400, "invalid_json"],
    ["POST", "/clock", { set: "tomorrow" }, 400, "invalid_body"],
    ["POST", "/clock", { advance: 1e15 }, 400, "invalid_body"],
    ["POST", "/clock", { advance: -1e15 }, 400, "invalid_body"],
    ["POST", "/faults", { effect: { kind: "fire" } }, 400, "invalid_body"],
    ["POST", "/fork", { plan: "gold" }, 400, "invalid_body"],
    ["POST", "/restore", { songs: [] }, 400, "invalid_body"],
    ["POST", "/restore", { roles: [{ name: "no id" }] }, 400, "invalid_body"],
    ["POST", "/restore", { roles: [{ id: "rol_1" }, { id: "rol_1" }] }, 400, "invalid_body"],
    ["POST", "/restore", { signing_keys: [] }, 400, "invalid_body"],
    ["POST", "/faults", `"${"x".repeat(1 << 20)}"`, 413, "too_large"],
    ["GET", "/nothing", undefined, 404, "no_endpoint"],
    ["PUT", "/clock", {}, 404, "no_endpoint"],
  ])(
    "refuses %s %s with what it does not take, and changes nothing",
    async (method, path, body, status, code) => {
      const before = tenant.snapshot();
      const answer = await ask(method, path, body);
      expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
      expect(tenant.snapshot()).toEqual(before);
      expect(tenant.faults.list()).toEqual([]);
    },
  );
});

describe("docs/tenant.md", () => {
  it("names endpoints of the control API that are there", async () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/tenant.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([A-Z]+) \/\.tenant(\/[a-z-]*)` \|/gm)];
    expect(rows).toHaveLength(15);
    const answers = await Promise.all(
      rows.map(async ([, method = "", path = ""]) => {
        const { status } = await tenant.fetch(`/.tenant${path}`, {
          method,
          headers: { authorization: `Bearer ${token}` },
          ...(method === "POST" && { body: path === "/fork" ? '{"plan":"none"}' : '{"no":1}' }),
        });
        return { endpoint: `${method} ${path}`, isThere: status !== 404 };
      }),
    );
    expect(answers.filter(({ isThere }) => !isThere)).toEqual([]);
  });
});

describe("a control stream", () => {
  it("ends with its tenant", async () => {
    const other = await createTenant({ listen: false });
    const response = await other.fetch("/.tenant/events", {
      headers: { authorization: `Bearer ${other.control.token}` },
    });
    await other.close();
    expect(await response.text()).toBe('{"type":"ready"}\n');
  });
});
