import { afterAll, afterEach, describe, expect, it } from "vitest";
import { claimsOf, createEstate } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, manage, post } = estate;
await estate.signUp("ada@example.com");
afterAll(() => tenant.close());

const DAY = 24 * 60 * 60 * 1000;
const refused = {
  status: 403,
  body: { error: "invalid_grant", error_description: "Unknown or invalid refresh token." },
};
const configure = (refresh_token: object) => manage("PATCH", `/clients/${shop.client_id}`, { refresh_token });
afterEach(() => configure({ rotation_type: "non-rotating", expiration_type: "non-expiring", leeway: 0 }));

const first = async (scope = "openid read:orders offline_access") =>
  (await estate.logIn("ada@example.com", scope)).body.refresh_token;
const use = (refresh_token: string, fields = {}) =>
  post("/oauth/token", { grant_type: "refresh_token", client_id: shop.client_id, refresh_token, ...fields });
const revoke = (token: string, fields: Record<string, string> = {}) =>
  tenant.fetch("/oauth/revoke", {
    method: "POST",
    body: new URLSearchParams({ client_id: shop.client_id, token, ...fields }),
  });

describe("a refresh token", () => {
  it("can be used again and again, without rotation", async () => {
    const token = await first();
    for (let times = 0; times < 3; times++) {
      const { status, body } = await use(token);
      expect(status).toBe(200);
      expect(body).not.toHaveProperty("refresh_token");
    }
  });

  it("gives fewer scopes where fewer are requested, and never more", async () => {
    const token = await first();
    const { body } = await use(token, { scope: "openid write:orders" });
    expect(claimsOf(body.access_token).scope).toBe("openid");
    expect(claimsOf((await use(token)).body.access_token).scope).toContain("offline_access");
  });

  it("is given only where API and client allow it", async () => {
    const api = `/resource-servers/${encodeURIComponent("https://orders.example.com")}`;
    await manage("PATCH", api, { allow_offline_access: false });
    expect(await first()).toBeUndefined();
    await manage("PATCH", api, { allow_offline_access: true });
    const { grant_types } = await manage<{ grant_types: string[] }>("GET", `/clients/${shop.client_id}`);
    const without = grant_types.filter((type) => type !== "refresh_token");
    await manage("PATCH", `/clients/${shop.client_id}`, { grant_types: without });
    expect(await first()).toBeUndefined();
    await manage("PATCH", `/clients/${shop.client_id}`, { grant_types });
    expect(await first()).toEqual(expect.any(String));
  });

  it("is no use to another client", async () => {
    const other = await manage<{ client_id: string }>("POST", "/clients", {
      name: "Other",
      app_type: "spa",
      token_endpoint_auth_method: "none",
    });
    const token = await first();
    expect(await use(token, { client_id: other.client_id })).toEqual(refused);
    expect((await use(token)).status).toBe(200);
  });

  it("is refused for a user who has been blocked", async () => {
    const token = await first();
    const [user] = await manage<{ user_id: string }[]>("GET", "/users");
    await manage("PATCH", `/users/${user?.user_id}`, { blocked: true });
    expect(await use(token)).toMatchObject({ body: { error_description: "user is blocked" } });
    await manage("PATCH", `/users/${user?.user_id}`, { blocked: false });
  });
});

describe("a rotating refresh token", () => {
  it("is replaced at each use; one that is shown again ends the whole family", async () => {
    await configure({ rotation_type: "rotating", expiration_type: "expiring" });
    const one = await first();
    const two = (await use(one)).body.refresh_token;
    const three = (await use(two)).body.refresh_token;
    expect(new Set([one, two, three]).size).toBe(3);
    expect(await use(one)).toEqual(refused);
    expect(tenant.logs().at(-1)).toMatchObject({ type: "ferrt", client_id: shop.client_id });
    expect(await use(three)).toEqual(refused);
  });

  it("leaves other families alone", async () => {
    await configure({ rotation_type: "rotating", expiration_type: "expiring" });
    const [one, other] = [await first(), await first()];
    await use(one);
    expect(await use(one)).toEqual(refused);
    expect((await use(other)).status).toBe(200);
  });

  it("may be used twice within the leeway", async () => {
    await configure({ rotation_type: "rotating", expiration_type: "expiring", leeway: 10 });
    const one = await first();
    const [two, again] = [await use(one), await use(one)];
    expect([two.status, again.status]).toEqual([200, 200]);
    expect(two.body.refresh_token).not.toBe(again.body.refresh_token);
    tenant.clock.advance(10_000);
    expect(await use(one)).toEqual(refused);
    expect(await use(two.body.refresh_token)).toEqual(refused);
  });
});

describe("the lifetime of refresh tokens", () => {
  it("ends at an absolute time, however often they are used", async () => {
    await configure({
      rotation_type: "rotating",
      expiration_type: "expiring",
      token_lifetime: 10 * 86_400,
      idle_token_lifetime: 5 * 86_400,
    });
    let token = await first();
    for (let visit = 0; visit < 3; visit++) {
      tenant.clock.advance(3 * DAY);
      token = (await use(token)).body.refresh_token;
    }
    tenant.clock.advance(DAY);
    expect(await use(token)).toEqual(refused);
  });

  it("ends when they are not used", async () => {
    await configure({
      rotation_type: "non-rotating",
      expiration_type: "expiring",
      infinite_token_lifetime: true,
      idle_token_lifetime: 86_400,
    });
    const token = await first();
    for (let visit = 0; visit < 3; visit++) {
      tenant.clock.advance(DAY / 2);
      expect((await use(token)).status).toBe(200);
    }
    tenant.clock.advance(DAY);
    expect(await use(token)).toEqual(refused);
  });
});

describe("/oauth/revoke", () => {
  it("ends a refresh token", async () => {
    const token = await first();
    const answer = await revoke(token);
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: "" });
    expect(await use(token)).toEqual(refused);
  });

  it("answers the same for a token that is unknown or another client's, which stays", async () => {
    const token = await first();
    const { client_id, client_secret } = estate.worker;
    expect((await revoke("unknown")).status).toBe(200);
    expect((await revoke(token, { client_id, client_secret })).status).toBe(200);
    expect((await use(token)).status).toBe(200);
  });

  it("refuses a client that is not authenticated, and a request without a token", async () => {
    const token = await first();
    expect((await revoke(token, { client_id: estate.worker.client_id, client_secret: "wrong" })).status).toBe(
      401,
    );
    expect((await revoke("")).status).toBe(400);
    expect((await use(token)).status).toBe(200);
  });
});
