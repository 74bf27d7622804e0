import { afterAll, describe, expect, it } from "vitest";
import { createTenant } from "../../tenant/index.ts";

const tenant = await createTenant({ listen: false, managementToken: "t", controlToken: "t" });
afterAll(() => tenant.close());

const ask = (method: string, path: string, body?: string) =>
  tenant.fetch(path, {
    method,
    headers: { authorization: "Bearer t", "content-type": "application/json" },
    ...(body !== undefined && { body }),
  });
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const users = (q: string) => ask("GET", `/api/v2/users?q=${encodeURIComponent(q)}`);

describe("a body", () => {
  it("may be nested a hundred deep", async () => {
    const body = `{"name":"x","strategy":"custom","options":${nested(100)}}`;
    expect((await ask("POST", "/api/v2/connections", body)).status).toBe(201);
  });

  it.each([
    ["/api/v2/connections", (deep: string) => `{"name":"y","strategy":"custom","options":${deep}}`],
    ["/oauth/token", (deep: string) => `{"grant_type":"password","x":${deep}}`],
    ["/.tenant/faults", (deep: string) => `{"effect":{"kind":"status","status":400,"body":${deep}}}`],
  ])(
    "of %s is refused if it is nested so deep that functions would call themselves too often",
    async (path, around) => {
      const before = tenant.snapshot();
      for (const levels of [201, 3000, 10_000])
        expect((await ask("POST", path, around(nested(levels)))).status).toBe(400);
      expect(tenant.snapshot()).toEqual(before);
      expect(tenant.faults.list()).toEqual([]);
    },
  );
});

describe("a search", () => {
  it("may have eighty words", async () => {
    expect((await users(new Array(80).fill("email:a").join(" OR "))).status).toBe(200);
    expect((await users(`${"(".repeat(100)}a${")".repeat(100)}`)).status).toBe(200);
  });

  it.each([
    ["brackets", "(".repeat(15_000)],
    ["brackets that are closed", `${"(".repeat(1500)}a${")".repeat(1500)}`],
    ["negations", `${"NOT ".repeat(3000)}a`],
    ["words", new Array(3000).fill("a").join(" ")],
  ])("of too many %s is refused", async (_what, q) => {
    const response = await users(q);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errorCode: "invalid_query_string" });
  });
});
