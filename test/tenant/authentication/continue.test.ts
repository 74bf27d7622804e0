import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Browser, Visit } from "../../support/browser.ts";
import { claimsOf, createEstate, type Estate, PASSWORD } from "../../support/estate.ts";

const PAGE = "https://forms.example.com/terms";
let estate: Estate;
beforeEach(async () => {
  estate = await createEstate();
  await estate.signUp("ada@example.com");
});
afterEach(() => estate.tenant.close());

const leftWith = (visit: Visit) => {
  if (visit.kind !== "left") throw new Error(`a page: ${visit.page.html}`);
  return visit;
};
const logIn = async (browser: Browser) => {
  const visit = await estate.authorize(browser);
  if (visit.kind !== "page") return visit;
  return leftWith(await browser.submit(visit.page, { username: "ada@example.com", password: PASSWORD }));
};
const addRule = (name: string, script: string) => estate.manage("POST", "/rules", { name, script });
const idTokenFor = async (code = "") => claimsOf((await estate.redeem(code)).body.id_token);

describe("a rule's redirect", () => {
  const rule = `(user, context, callback) => {
    context.idToken['https://acme/protocol'] = context.protocol;
    if (context.protocol === 'redirect-callback') context.idToken['https://acme/answer'] = context.request.query.answer;
    else context.redirect = { url: '${PAGE}?from=rule' };
    callback(null, user, context);
  }`;

  it("leads to the page with a state, and by /continue through all rules to the callback", async () => {
    await addRule("terms", rule);
    const browser = estate.browser();
    const away = leftWith(await logIn(browser));
    expect(away.url.href).toMatch(/^https:\/\/forms\.example\.com\/terms\?from=rule&state=[\w-]/);
    const back = leftWith(await browser.open(`/continue?state=${away.parameters.state}&answer=yes`));
    expect(back.parameters.state).toBe("the-state");
    expect(await idTokenFor(back.parameters.code)).toMatchObject({
      "https://acme/protocol": "redirect-callback",
      "https://acme/answer": "yes",
    });
  });

  it("is good for one return, in the browser that was sent", async () => {
    await addRule("terms", rule);
    const browser = estate.browser();
    const { parameters } = leftWith(await logIn(browser));
    const again = `/continue?state=${parameters.state}`;
    expect(await estate.browser().open(again)).toMatchObject({ kind: "page", page: { status: 400 } });
    expect(await browser.open("/continue")).toMatchObject({ kind: "page", page: { status: 400 } });
    expect(await browser.open(again)).toMatchObject({ kind: "left" });
    expect(await browser.open(again)).toMatchObject({ kind: "page", page: { status: 400 } });
  });

  it("is interaction_required where there is no browser, or none that may show anything", async () => {
    await addRule("terms", rule);
    expect(await estate.logIn("ada@example.com")).toMatchObject({
      status: 403,
      body: { error: "interaction_required" },
    });
    const browser = estate.browser();
    await logIn(browser);
    const silent = leftWith(await estate.authorize(browser, { prompt: "none" }));
    expect(silent.parameters).toMatchObject({ error: "interaction_required" });
  });
});

describe("an action's redirect", () => {
  it("goes on in its onContinuePostLogin, with what it had set and a token that the page made", async () => {
    await estate.bindAction(
      "post-login",
      `exports.onExecutePostLogin = async (event, api) => {
         api.idToken.setCustomClaim('https://acme/before', true);
         api.transaction.setMetadata('seen', 1);
         if (!api.redirect.canRedirect()) return;
         const token = api.redirect.encodeToken({ secret: 'shared', payload: { hello: event.user.email } });
         api.redirect.sendUserTo('${PAGE}', { query: { session_token: token } });
       };
       exports.onContinuePostLogin = async (event, api) => {
         const payload = api.redirect.validateToken({ secret: 'shared' });
         api.idToken.setCustomClaim('https://acme/after', [payload.hello, event.transaction.metadata.seen, event.transaction.protocol]);
       };`,
    );
    const browser = estate.browser();
    const away = leftWith(await logIn(browser));
    const { session_token = "", state = "" } = away.parameters;
    const query = new URLSearchParams({ state, session_token });
    const back = leftWith(await browser.open(`/continue?${query}`));
    expect(await idTokenFor(back.parameters.code)).toMatchObject({
      "https://acme/before": true,
      "https://acme/after": ["ada@example.com", 1, "redirect-callback"],
    });
    expect(await estate.logIn("ada@example.com")).toMatchObject({ status: 200 });
  });

  it("denies when the token was made with another secret", async () => {
    await estate.bindAction(
      "post-login",
      `exports.onExecutePostLogin = async (event, api) => api.redirect.sendUserTo('${PAGE}');
       exports.onContinuePostLogin = async (event, api) => api.redirect.validateToken({ secret: 'shared' });`,
    );
    const browser = estate.browser();
    const { state } = leftWith(await logIn(browser)).parameters;
    const back = leftWith(await browser.open(`/continue?state=${state}&session_token=a.b.c`));
    expect(back.parameters).toMatchObject({
      error: "access_denied",
      error_description: "The session token is invalid: its signature is not of this secret",
    });
  });
});
