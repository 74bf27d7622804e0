import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Visit } from "../../support/browser.ts";
import { AUDIENCE, claimsOf, createEstate, DATABASE, PASSWORD } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, shop, worker, manage, post } = estate;
afterAll(() => tenant.close());

const { body: signedUp } = await estate.signUp("ada@example.com");
const ada = `auth0|${signedUp._id}`;
const writer = await manage<{ id: string }>("POST", "/roles", { name: "writer" });
await manage("POST", `/roles/${writer.id}/permissions`, {
  permissions: [{ resource_server_identifier: AUDIENCE, permission_name: "write:orders" }],
});
await manage("POST", `/users/${ada}/roles`, { roles: [estate.roleId] });
const connections = await manage<{ id: string; name: string }[]>("GET", "/connections");
const database = connections.find(({ name }) => name === DATABASE)?.id ?? "";

const makeOrganization = async (name: string, assign_membership_on_login = false) => {
  const { id } = await manage<{ id: string }>("POST", "/organizations", {
    name,
    display_name: name.toUpperCase(),
  });
  await manage("POST", `/organizations/${id}/enabled_connections`, {
    connection_id: database,
    assign_membership_on_login,
  });
  return id;
};
const acme = await makeOrganization("acme");
await manage("POST", `/organizations/${acme}/members`, { members: [ada] });
await manage("POST", `/organizations/${acme}/members/${ada}/roles`, { roles: [writer.id] });
const strangers = await makeOrganization("strangers");

const configure = (organization_usage: string, organization_require_behavior = "no_prompt") =>
  manage("PATCH", `/clients/${shop.client_id}`, { organization_usage, organization_require_behavior });
beforeEach(() => configure("allow"));

const pageOf = (visit: Visit) => {
  if (visit.kind !== "page") throw new Error(`no page, but ${visit.url}`);
  return visit.page;
};
const leftWith = (visit: Visit) => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit.parameters;
};
const credentials = { username: "ada@example.com", password: PASSWORD };
const scope = "openid offline_access read:orders write:orders";
const logIn = async (parameters: Record<string, string>, browser: Browser = estate.browser()) =>
  leftWith(
    await browser.submit(pageOf(await estate.authorize(browser, { scope, ...parameters })), credentials),
  );
const refusal = async (parameters: Record<string, string> = {}) =>
  leftWith(await estate.authorize(estate.browser(), parameters));

describe("a login to an organization", () => {
  it("is in both tokens, with the permissions of the roles that the member has there", async () => {
    const { code = "" } = await logIn({ organization: acme });
    const { body } = await estate.redeem(code);
    expect(claimsOf(body.id_token)).toMatchObject({ org_id: acme });
    expect(claimsOf(body.access_token)).toMatchObject({
      org_id: acme,
      permissions: ["write:orders"],
      scope: "openid offline_access write:orders",
    });
    expect(claimsOf(body.access_token)).not.toHaveProperty("org_name");
  });

  it("leaves logins without one to the roles that the user has everywhere", async () => {
    const { body } = await estate.redeem((await logIn({})).code ?? "");
    expect(claimsOf(body.access_token).permissions).toEqual(["read:orders"]);
    expect(claimsOf(body.access_token)).not.toHaveProperty("org_id");
  });

  it("lasts through refreshes, until the member leaves", async () => {
    const { body } = await estate.redeem((await logIn({ organization: acme })).code ?? "");
    const refresh = () =>
      post("/oauth/token", {
        grant_type: "refresh_token",
        client_id: shop.client_id,
        refresh_token: body.refresh_token,
      });
    expect(claimsOf((await refresh()).body.access_token)).toMatchObject({
      org_id: acme,
      permissions: ["write:orders"],
    });
    await manage("DELETE", `/organizations/${acme}/members`, { members: [ada] });
    expect(await refresh()).toEqual({
      status: 403,
      body: {
        error: "access_denied",
        error_description: `user ${ada} is not part of the ${acme} organization`,
      },
    });
    await manage("POST", `/organizations/${acme}/members`, { members: [ada] });
    await manage("POST", `/organizations/${acme}/members/${ada}/roles`, { roles: [writer.id] });
  });

  it("can be asked for by name, and says the name, where the tenant allows that", async () => {
    expect(await refusal({ organization: "acme" })).toMatchObject({
      error: "invalid_request",
      error_description: "authorization request parameter organization must be an organization id",
    });
    await manage("PATCH", "/tenants/settings", { allow_organization_name_in_authentication_api: true });
    const { body } = await estate.redeem((await logIn({ organization: "acme" })).code ?? "");
    expect(claimsOf(body.id_token)).toMatchObject({ org_id: acme, org_name: "acme" });
    await manage("PATCH", "/tenants/settings", { allow_organization_name_in_authentication_api: false });
  });

  it("is refused to who is no member", async () => {
    expect(await logIn({ organization: strangers })).toMatchObject({
      error: "access_denied",
      error_description: `user ${ada} is not part of the ${strangers} organization`,
    });
  });

  it("makes a member of who is none, where the connection is set so", async () => {
    const open = await makeOrganization("open", true);
    expect(await logIn({ organization: open })).toHaveProperty("code");
    const members = await manage<{ user_id: string }[]>("GET", `/organizations/${open}/members`);
    expect(members.map(({ user_id }) => user_id)).toEqual([ada]);
  });

  it("shows only the connections of the organization", async () => {
    const page = pageOf(await estate.authorize(estate.browser(), { organization: acme }));
    expect(page.html).not.toContain("google-oauth2");
    expect(await refusal({ organization: acme, connection: "google-oauth2" })).toMatchObject({
      error: "invalid_request",
    });
  });

  it("by a session is for members only", async () => {
    const browser = estate.browser();
    await logIn({}, browser);
    const silent = async (organization: string) =>
      leftWith(await estate.authorize(browser, { organization, prompt: "none" }));
    expect(await silent(acme)).toHaveProperty("code");
    expect(await silent(strangers)).toMatchObject({ error: "login_required" });
  });

  it("is what rules and actions see", async () => {
    await manage("POST", "/rules", {
      name: "organization",
      script:
        "function (user, context, callback) { context.idToken['https://x/rule'] = [context.organization.name, context.authorization.roles]; callback(null, user, context); }",
    });
    await estate.bindAction(
      "post-login",
      "exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://x/action', [event.organization.id, event.authorization.roles]);",
    );
    const { body } = await estate.redeem((await logIn({ organization: acme })).code ?? "");
    expect(claimsOf(body.id_token)).toMatchObject({
      "https://x/rule": ["acme", ["writer"]],
      "https://x/action": [acme, ["writer"]],
    });
    await manage("PATCH", "/actions/triggers/post-login/bindings", { bindings: [] });
    const [rule] = await manage<{ id: string }[]>("GET", "/rules");
    await manage("DELETE", `/rules/${rule?.id}`);
  });
});

describe("a client's use of organizations", () => {
  it("deny refuses the parameter", async () => {
    await configure("deny");
    expect(await refusal({ organization: acme })).toMatchObject({ error: "invalid_request" });
  });

  it("require refuses its absence", async () => {
    await configure("require");
    expect(await refusal()).toMatchObject({
      error: "invalid_request",
      error_description: "parameter organization is required for this client",
    });
    expect((await estate.logIn("ada@example.com")).status).toBe(400);
  });

  it("require with a prompt asks for the organization's name", async () => {
    await configure("require", "pre_login_prompt");
    expect(await refusal({ prompt: "none" })).toMatchObject({ error: "interaction_required" });
    const browser = estate.browser();
    const page = pageOf(await estate.authorize(browser, { scope }));
    expect(page.forms[0]).toMatchObject({ action: "/u/organization" });
    const again = pageOf(await browser.submit(page, { organization: "nobody" }));
    expect(again.status).toBe(400);
    const login = pageOf(await browser.submit(again, { organization: " ACME " }));
    const { code = "" } = leftWith(await browser.submit(login, credentials));
    expect(claimsOf((await estate.redeem(code)).body.id_token).org_id).toBe(acme);
  });
});

describe("a client that acts in an organization", async () => {
  const exchange = (fields: Record<string, string>) =>
    post("/oauth/token", {
      grant_type: "client_credentials",
      client_id: worker.client_id,
      client_secret: worker.client_secret,
      audience: AUDIENCE,
      ...fields,
    });
  const grants = await manage<{ id: string }[]>("GET", `/client-grants?client_id=${worker.client_id}`);
  const grant = grants[0]?.id;
  const set = (change: object) => manage("PATCH", `/client-grants/${grant}`, change);

  it("needs a grant for it, and the organization the grant", async () => {
    expect(await exchange({ organization: acme })).toMatchObject({ body: { error: "invalid_request" } });
    await set({ organization_usage: "require" });
    expect(await exchange({})).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    expect(await exchange({ organization: acme })).toMatchObject({ status: 403 });
    await manage("POST", `/organizations/${acme}/client-grants`, { grant_id: grant });
    const { body } = await exchange({ organization: acme });
    expect(claimsOf(body.access_token)).toMatchObject({ org_id: acme, sub: `${worker.client_id}@clients` });
    expect(await exchange({ organization: strangers })).toMatchObject({ status: 403 });
    await set({ allow_any_organization: true });
    expect(claimsOf((await exchange({ organization: strangers })).body.access_token).org_id).toBe(strangers);
  });
});
