import { describe, expect, it, onTestFinished } from "vitest";
import { createTenant, type Front } from "../../tenant/index.ts";

const start = async (front: Front) => {
  const tenant = await createTenant({ listen: false, port: 1001, front });
  onTestFinished(() => tenant.close());
  return tenant;
};

describe("what stands before a tenant", () => {
  it("sees a request before the tenant does, and its answer before the caller does", async () => {
    const seen: unknown[] = [];
    const tenant = await start(async (request, answer) => {
      seen.push(new URL(request.url).pathname);
      const response = await answer(request);
      seen.push(response.status);
      return response;
    });
    const { status } = await tenant.fetch("/.well-known/jwks.json");
    expect(seen).toEqual(["/.well-known/jwks.json", status]);
    expect(tenant.calls()).toMatchObject([{ operation: "jwks" }]);
  });

  it("may answer by itself: the tenant never hears of it", async () => {
    const tenant = await start(() => new Response("", { status: 500 }));
    expect((await tenant.fetch("/.well-known/jwks.json")).status).toBe(500);
    expect(tenant.calls()).toEqual([]);
  });

  it("may lose what the tenant has done", async () => {
    const tenant = await start(async (request, answer) => {
      await answer(request);
      throw new Error("lost");
    });
    await expect(tenant.fetch("/.well-known/jwks.json")).rejects.toThrow("lost");
    expect(tenant.calls()).toMatchObject([{ operation: "jwks", status: 200 }]);
  });
});
