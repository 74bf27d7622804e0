import { describe, expect, it, onTestFinished } from "vitest";
import { createTenant, type TenantOptions } from "../../tenant/index.ts";

const statusFor = async (token: string, options: TenantOptions) => {
  const tenant = await createTenant({ listen: false, ...options });
  onTestFinished(() => tenant.close());
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const { status } = await tenant.fetch("/api/v2/roles", { method: "POST", headers, body: '{"name":"r"}' });
  return { status, tenant };
};

describe("a management token that is handed in", () => {
  it("may do everything", async () => {
    const { status, tenant } = await statusFor("letmein", { managementToken: "letmein" });
    expect(status).toBe(200);
    expect(tenant.calls()).toMatchObject([{ operation: "createRole", scopesUsed: ["create:roles"] }]);
  });

  it("is the only opaque one that does", async () => {
    expect((await statusFor("letmeout", { managementToken: "letmein" })).status).toBe(400);
    expect((await statusFor("letmein", {})).status).toBe(400);
    expect((await statusFor("", { managementToken: "letmein" })).status).toBe(400);
  });

  it("is stored nowhere", async () => {
    const { tenant } = await statusFor("letmein", { managementToken: "letmein" });
    expect(JSON.stringify([tenant.snapshot(), tenant.calls(), tenant.logs()])).not.toContain("letmein");
  });
});
