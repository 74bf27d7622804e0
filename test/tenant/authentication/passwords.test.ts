import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Visit } from "../../support/browser.ts";
import { createEstate, DATABASE, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, manage, post } = estate;
afterAll(() => tenant.close());
const [database] = (
  await manage<{ id: string; name: string; options: object }[]>("GET", "/connections")
).filter(({ name }) => name === DATABASE);
const configure = (options: object) =>
  manage("PATCH", `/connections/${database?.id}`, { options: { ...database?.options, ...options } });
let count = 0;
let email = "";
beforeEach(async () => {
  email = `person${++count}@example.com`;
  await configure({});
});
const signUp = (fields: object) =>
  post("/dbconnections/signup", { client_id: shop.client_id, connection: DATABASE, email, ...fields });

describe("a password at sign-up", () => {
  it("that is weak is answered with the rules of the policy", async () => {
    const { status, body } = await signUp({ password: "abcdefgh" });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      name: "PasswordStrengthError",
      message: "Password is too weak",
      code: "invalid_password",
      statusCode: 400,
      description: {
        verified: false,
        rules: [
          { code: "lengthAtLeast", format: [8], verified: true },
          {
            code: "containsAtLeast",
            format: [3, 4],
            verified: false,
            items: [{ code: "lowerCase", verified: true }, { code: "upperCase", verified: false }, {}, {}],
          },
        ],
      },
    });
    expect(String(body.policy).split("\n")).toHaveLength(6);
  });

  it.each([
    ["too short", { password_complexity_options: { min_length: 20 } }, PASSWORD, "PasswordStrengthError"],
    [
      "in the dictionary",
      { password_dictionary: { enable: true, dictionary: ["acme-2026"] } },
      "Acme-2026",
      "PasswordDictionaryError",
    ],
    [
      "about the person",
      { password_no_personal_info: { enable: true } },
      "Lovelace-1815",
      "PasswordNoUserInfoError",
    ],
  ])("that is %s is refused", async (_what, options, password, name) => {
    await configure(options);
    const { status, body } = await signUp({ password, family_name: "Lovelace" });
    expect({ status, name: body.name, code: body.code }).toEqual({
      status: 400,
      name,
      code: "invalid_password",
    });
  });
});

describe("a sign-up", () => {
  it("needs a user name where the connection does, within its limits", async () => {
    await configure({ requires_username: true, validation: { username: { min: 3, max: 8 } } });
    expect((await signUp({ password: PASSWORD })).body.error).toBe("invalid_request");
    for (const username of ["ab", "abcdefghi", "ad a", "a@bc.de"])
      expect((await signUp({ password: PASSWORD, username })).body.code).toBe("invalid_username");
    expect((await signUp({ password: PASSWORD, username: "ada" })).status).toBe(200);
  });

  it("does not tell who has an account, where the tenant says so", async () => {
    await signUp({ password: PASSWORD });
    expect((await signUp({ password: PASSWORD })).body.code).toBe("user_exists");
    await manage("PATCH", "/tenants/settings", { flags: { enable_public_signup_user_exists_error: false } });
    expect((await signUp({ password: PASSWORD })).body).toEqual({
      name: "BadRequestError",
      code: "invalid_signup",
      description: "Invalid sign up",
      statusCode: 400,
    });
  });

  it("is refused where sign-ups are off", async () => {
    await configure({ disable_signup: true });
    expect(await signUp({ password: PASSWORD })).toEqual({
      status: 400,
      body: { error: "public signup is disabled" },
    });
  });
});

describe("a password through the Management API", () => {
  it("is held to the same policy", async () => {
    await configure({ password_history: { enable: true, size: 2 } });
    const create = (password: string) =>
      manage<{ user_id: string }>("POST", "/users", { connection: DATABASE, email, password });
    await expect(create("weak")).rejects.toThrow("PasswordStrengthError: Password is too weak");
    const user = await create(PASSWORD);
    const change = (password: string) => manage("PATCH", `/users/${user.user_id}`, { password });
    await expect(change(PASSWORD)).rejects.toThrow("PasswordHistoryError: Password has previously been used");
    await change("Correct-Horse-2");
    await expect(change(PASSWORD)).rejects.toThrow("PasswordHistoryError");
    await change("Correct-Horse-3");
    await change(PASSWORD);
    expect(JSON.stringify(await manage("GET", `/users/${user.user_id}`))).not.toContain("scrypt");
    expect(await manage("GET", "/users?q=_exists_:password_history")).toEqual([]);
  });
});

describe("a forgotten password", () => {
  const ask = (fields = {}) =>
    tenant.fetch("/dbconnections/change_password", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_id: shop.client_id, connection: DATABASE, email, ...fields }),
    });
  const statusOf = (visit: Visit) => (visit.kind === "page" ? visit.page.status : 0);
  const logIn = async (password: string) =>
    (
      await post("/oauth/token", {
        grant_type: "http://auth0.com/oauth/grant-type/password-realm",
        realm: DATABASE,
        client_id: shop.client_id,
        username: email,
        password,
      })
    ).status;

  it("is changed by the link that the log has, once", async () => {
    await signUp({ password: PASSWORD });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("We've just sent you an email to reset your password.");
    const entry = tenant.logs().findLast(({ type }) => type === "scpr");
    const link = String(entry?.details?.ticket);
    const browser = estate.browser();
    const visit = await browser.open(link);
    if (visit.kind !== "page") throw new Error("no page");
    expect(statusOf(await browser.submit(visit.page, { password: "weak" }))).toBe(400);
    expect(await logIn(PASSWORD)).toBe(200);
    expect(statusOf(await browser.submit(visit.page, { password: "Changed-Horse-1" }))).toBe(200);
    expect([await logIn(PASSWORD), await logIn("Changed-Horse-1")]).toEqual([403, 200]);
    expect(statusOf(await browser.submit(visit.page, { password: "Changed-Horse-2" }))).toBe(400);
    expect(tenant.logs().findLast(({ type }) => type === "scp")).toMatchObject({ user_id: entry?.user_id });
  });

  it("of nobody is answered the same, and logged not at all", async () => {
    const before = tenant.logs().filter(({ type }) => type === "scpr").length;
    const answer = await ask({ email: "nobody@example.com" });
    expect({ status: answer.status, text: await answer.text() }).toEqual({
      status: 200,
      text: "We've just sent you an email to reset your password.",
    });
    expect(tenant.logs().filter(({ type }) => type === "scpr")).toHaveLength(before);
  });

  it("needs a client, a connection and an address", async () => {
    for (const fields of [
      { client_id: "nobody" },
      { connection: "none" },
      { connection: 1 },
      { email: undefined },
    ])
      expect((await ask(fields)).status).toBe(400);
    expect(statusOf(await estate.browser().open(`${tenant.url}/u/reset-password?ticket=none`))).toBe(400);
  });
});
