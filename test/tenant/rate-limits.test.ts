import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClock } from "../../tenant/clock.ts";
import { createTenant, type PlanName, plans } from "../../tenant/index.ts";
import { createTokenBucket } from "../../tenant/token-bucket.ts";

/** A tenant whose clock stands at second 1,000,000, and requests to it: status and the headers of its limits. */
async function tenantOn(plan: PlanName) {
  const clock = createClock();
  clock.freeze();
  clock.set(1_000_000_000);
  const tenant = await createTenant({ listen: false, plan, clock });
  onTestFinished(() => tenant.close());
  const authorization = `Bearer ${await tenant.managementToken()}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await tenant.fetch(path, { ...init, headers: { authorization, ...init.headers } });
    const header = (name: string) => response.headers.get(name);
    return {
      status: response.status,
      limit: header("x-ratelimit-limit"),
      remaining: header("x-ratelimit-remaining"),
      reset: header("x-ratelimit-reset"),
      retryAfter: header("retry-after"),
      body: await response.json(),
    };
  };
  const askTimes = async (times: number, path: string, init?: RequestInit) => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n++) statuses.push((await ask(path, init)).status);
    return statuses;
  };
  return { tenant, clock, ask, askTimes };
}

describe("a token bucket", () => {
  it("gives its burst at once, then as many as come back", () => {
    const bucket = createTokenBucket({ burst: 2, sustained: 2, per: "second" }, 0);
    bucket.take();
    bucket.take();
    expect(bucket.level(0)).toEqual({ remaining: 0, fullAt: 1000, nextAt: 500 });
    expect(bucket.level(499).remaining).toBe(0);
    expect(bucket.level(500).remaining).toBe(1);
    expect(bucket.level(60_000)).toEqual({ remaining: 2, fullAt: 60_000, nextAt: 60_000 });
  });

  it("refills by the second where the limit is per minute", () => {
    const bucket = createTokenBucket({ burst: 10, sustained: 150, per: "minute" }, 0);
    for (let n = 0; n < 10; n++) bucket.take();
    expect(bucket.level(999).remaining).toBe(0);
    expect(bucket.level(1000).remaining).toBe(2);
    expect(bucket.level(4000).remaining).toBe(10);
  });

  it("never gives more than its burst and what time has brought", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 100 });
    const limit = fc.record({
      burst: fc.integer({ min: 1, max: 50 }),
      sustained: fc.integer({ min: 1, max: 500 }),
      per: fc.constantFrom("second" as const, "minute" as const),
    });
    fc.assert(
      fc.property(limit, steps, (limit, steps) => {
        const bucket = createTokenBucket(limit, 0);
        let now = 0;
        let given = 0;
        for (const step of steps) {
          now += step;
          const { remaining, nextAt, fullAt } = bucket.level(now);
          expect(remaining).toBeLessThanOrEqual(limit.burst);
          expect([nextAt <= now, nextAt <= fullAt]).toEqual([remaining >= 1, true]);
          expect(bucket.level(now)).toEqual({ remaining, nextAt, fullAt });
          if (remaining < 1) continue;
          bucket.take();
          given += 1;
        }
        const brought = (now * limit.sustained) / (limit.per === "second" ? 1000 : 60_000);
        expect(given).toBeLessThanOrEqual(limit.burst + brought + 1e-6);
      }),
    );
  });

  it("neither gains nor loses by a clock that is put back", () => {
    const bucket = createTokenBucket({ burst: 2, sustained: 2, per: "second" }, 10_000);
    bucket.take();
    expect(bucket.level(0).remaining).toBe(1);
    expect(bucket.level(500).remaining).toBe(2);
  });
});

describe("the rate limits of a plan", () => {
  it("tell each answer of the Management API how much is left", async () => {
    const { ask } = await tenantOn("free");
    expect(await ask("/api/v2/roles")).toMatchObject({
      status: 200,
      limit: "2",
      remaining: "1",
      reset: "1000001",
      retryAfter: null,
    });
  });

  it("refuse as Auth0 does when nothing is left, and say when to come back", async () => {
    const { tenant, ask, askTimes } = await tenantOn("free");
    await askTimes(2, "/api/v2/roles");
    expect(await ask("/api/v2/roles")).toEqual({
      status: 429,
      limit: "2",
      remaining: "0",
      reset: "1000001",
      retryAfter: "1",
      body: {
        statusCode: 429,
        error: "Too Many Requests",
        message: "Global limit has been reached",
        errorCode: "too_many_requests",
      },
    });
    expect(tenant.calls().at(-1)).toMatchObject({ operation: "listRoles", status: 429 });
  });

  it("refill with the tenant's clock", async () => {
    const { clock, askTimes } = await tenantOn("free");
    expect(await askTimes(3, "/api/v2/roles")).toEqual([200, 200, 429]);
    clock.advance(500);
    expect(await askTimes(2, "/api/v2/roles")).toEqual([200, 429]);
  });

  it("change nothing when they refuse", async () => {
    const { tenant, askTimes } = await tenantOn("free");
    const init = { method: "POST", body: '{"name":"r"}', headers: { "content-type": "application/json" } };
    await askTimes(2, "/api/v2/roles");
    const before = tenant.snapshot();
    expect(await askTimes(1, "/api/v2/roles", init)).toEqual([429]);
    expect(tenant.snapshot()).toEqual(before);
  });

  it("count groups of endpoints apart where the plan does", async () => {
    const { askTimes, ask } = await tenantOn("professional");
    expect(await askTimes(6, "/api/v2/clients")).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await ask("/api/v2/users")).toMatchObject({ status: 200, limit: "40", remaining: "39" });
    expect(await ask("/api/v2/roles")).toMatchObject({ status: 200, limit: "10", remaining: "9" });
    expect(await ask("/api/v2/rules")).toMatchObject({ status: 200, limit: "10", remaining: "8" });
  });

  it("hold the Authentication API to its own, in the words of OAuth", async () => {
    const { ask, askTimes } = await tenantOn("free");
    const statuses = await askTimes(20, "/.well-known/jwks.json");
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await ask("/.well-known/jwks.json")).toMatchObject({
      status: 429,
      body: { error: "too_many_requests", error_description: "Global limit has been reached" },
    });
    expect((await ask("/.well-known/openid-configuration")).status).toBe(200);
  });

  it("count /userinfo for each user alone", async () => {
    const { askTimes } = await tenantOn("enterprise");
    const as = (sub: string) => ({
      headers: {
        authorization: `Bearer e30.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.x`,
      },
    });
    const statuses = await askTimes(11, "/userinfo", as("auth0|1"));
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect(await askTimes(1, "/userinfo", as("auth0|2"))).toEqual([401]);
  });

  it("start anew with a reset", async () => {
    const { tenant, askTimes } = await tenantOn("free");
    expect(await askTimes(3, "/api/v2/roles")).toEqual([200, 200, 429]);
    tenant.reset();
    expect(await askTimes(1, "/api/v2/roles")).toEqual([200]);
  });

  it("are in a table of whole numbers", () => {
    for (const { management, authentication } of Object.values(plans)) {
      const limits = [management, authentication].flatMap((api) => [
        ...("global" in api ? [api.global] : []),
        ...api.endpoints,
      ]);
      for (const { burst, sustained } of limits)
        expect([Number.isInteger(burst), Number.isInteger(sustained), burst > 0]).toEqual([true, true, true]);
    }
  });
});

describe("a tenant without a plan", () => {
  it("has no limits and no headers of them", async () => {
    const tenant = await createTenant({ listen: false });
    onTestFinished(() => tenant.close());
    const answer = await tenant.fetch("/.well-known/jwks.json");
    expect([...answer.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  });
});
