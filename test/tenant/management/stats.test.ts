import { describe, expect, it } from "vitest";
import { managementApi, person } from "../support/management.ts";

const { call, make, tenant } = managementApi();

const signUp = async (email: string) => {
  const { client_id } = await make<{ client_id: string }>("/clients", { name: "Shop", app_type: "spa" });
  const [database] = (await call<{ id: string }[]>("GET", "/connections?strategy=auth0")).body;
  await call("PATCH", `/connections/${database?.id}/clients`, [{ client_id, status: true }]);
  const { connection, password } = person(email);
  const response = await tenant().fetch("/dbconnections/signup", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id, connection, email, password }),
  });
  if (!response.ok) throw new Error(`sign-up answered ${response.status}`);
  await tenant().settled();
};

describe("statistics", () => {
  it("count sign-ups by day", async () => {
    await signUp("ada@example.com");
    const today = new Date(tenant().clock.now()).toISOString().slice(0, 10);
    const { body } = await call<object[]>("GET", "/stats/daily");
    expect(body).toEqual([
      {
        date: `${today}T00:00:00.000Z`,
        logins: 0,
        signups: 1,
        leaked_passwords: 0,
        created_at: expect.stringContaining(today),
        updated_at: expect.stringContaining(today),
      },
    ]);
    expect((await call("GET", "/stats/daily?to=20200101")).body).toEqual([]);
    expect((await call("GET", "/stats/daily?from=20200101")).body).toEqual(body);
  });

  it("refuse a day that is none", async () => {
    expect(await call("GET", "/stats/daily?from=yesterday")).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_query_string" },
    });
  });

  it("count nobody as active who has not logged in", async () => {
    await make("/users", person("ada@example.com"));
    expect(await call("GET", "/stats/active-users")).toEqual({ status: 200, body: 0 });
  });
});
