import { describe, expect, it } from "vitest";
import type { Answer, Question } from "../../src/remote/ask.ts";
import { checkTenant } from "../../src/remote/index.ts";

const signIn = {
  kind: "client",
  id: "deployer",
  secret: "s3cret",
  audience: "https://tenant.example/api/v2/",
} as const;
const target = {
  domain: "tenant.example",
  signIn,
  scopes: ["create:roles", "read:roles"],
  connections: [],
  bindings: [],
};

const answered = (status: number, body: unknown): Answer => ({
  kind: "answered",
  status,
  body: JSON.stringify(body),
});
const tokenWith = (scope: string) =>
  `header.${Buffer.from(JSON.stringify({ scope })).toString("base64url")}.signature`;
const granted = (scope: string) => answered(200, { access_token: tokenWith(scope) });

/** Gives these answers, one after the other, and remembers what was asked. */
function tenantWith(...answers: readonly Answer[]) {
  const asked: Question[] = [];
  const ask = (question: Question) => {
    asked.push(question);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error(`nobody expects ${question.url}`);
    return answer;
  };
  return { ask, asked };
}

describe("a tenant that can be updated", () => {
  it("is asked for one token, with the client's secret in the form", () => {
    const { ask, asked } = tenantWith(granted("create:roles read:roles read:users"));
    expect(checkTenant(target, ask)).toBeUndefined();
    expect(asked).toEqual([
      {
        url: "https://tenant.example/oauth/token",
        form: {
          grant_type: "client_credentials",
          client_id: "deployer",
          client_secret: "s3cret",
          audience: "https://tenant.example/api/v2/",
        },
      },
    ]);
  });

  it("has the connections that clients use", () => {
    const { ask, asked } = tenantWith(
      granted("create:roles read:roles"),
      answered(200, [{ name: "google" }]),
    );
    expect(checkTenant({ ...target, connections: ["google"] }, ask)).toBeUndefined();
    expect(asked[1]).toMatchObject({
      url: expect.stringMatching(/^https:\/\/tenant\.example\/api\/v2\/connections\?/),
      token: tokenWith("create:roles read:roles"),
    });
  });

  it("may tell nothing of a token's scopes", () => {
    const { ask } = tenantWith(answered(200, { access_token: "opaque" }));
    expect(checkTenant(target, ask)).toBeUndefined();
  });

  it("is only looked for where the provider signs in with a key", () => {
    const { ask, asked } = tenantWith(answered(404, ""));
    expect(checkTenant({ ...target, signIn: { kind: "elsewise" } }, ask)).toBeUndefined();
    expect(asked).toEqual([{ url: "https://tenant.example/.well-known/openid-configuration" }]);
  });

  it("may have more connections than one answer tells", () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ name: `connection-${index}` }));
    const { ask } = tenantWith(granted("create:roles read:roles"), answered(200, page));
    expect(checkTenant({ ...target, connections: ["google"] }, ask)).toBeUndefined();
  });
});

describe("a tenant that cannot be updated", () => {
  it.each<[string, Answer, RegExp]>([
    [
      "has no host",
      { kind: "failed", code: "ENOTFOUND" },
      /"tenant.example" cannot be reached: no such host/,
    ],
    ["says nothing", { kind: "failed", code: "TIMEOUT" }, /cannot be reached: no answer within 10 seconds/],
    [
      "cannot be reached elsewise",
      { kind: "failed", code: "EPIPE" },
      /cannot be reached: EPIPE\nhelp: check/,
    ],
    [
      "is not trusted",
      { kind: "failed", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      /certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\nhelp: set SSL_CERT_FILE/,
    ],
    [
      "refuses the client",
      answered(401, { error: "access_denied", error_description: "Unauthorized" }),
      /refuses the client "deployer" \(access_denied: Unauthorized\)\nhelp: set AUTH0_CLIENT_ID/,
    ],
    [
      "is none",
      { kind: "answered", status: 404, body: "<html>" },
      /answers a request for a token with status 404\nhelp: check "auth0:domain"/,
    ],
    ["fails", answered(500, { error: "server_error" }), /status 500/],
    [
      "grants too little",
      granted("read:roles"),
      /the client "deployer" lacks scopes of the Management API: create:roles\nhelp: grant them/,
    ],
  ])("%s", (_, answer, refusal) => {
    const message = checkTenant(target, tenantWith(answer).ask);
    expect(message).toMatch(refusal);
    expect(message).not.toContain("s3cret");
  });

  it("has not the connection that a client uses", () => {
    const { ask } = tenantWith(
      granted("create:roles read:roles"),
      answered(200, [{ name: "google-oauth2" }]),
    );
    expect(checkTenant({ ...target, connections: ["google"] }, ask)).toMatch(
      /has no connection "google"\nhelp: .*there are "google-oauth2"/,
    );
  });

  it("is not asked where nothing says how to sign in", () => {
    expect(checkTenant({ ...target, signIn: { kind: "none" } }, tenantWith().ask)).toMatch(
      /nothing says how to sign in to the tenant "tenant.example"\nhelp: set AUTH0_CLIENT_ID/,
    );
  });

  it("grants a token too little", () => {
    const token = tokenWith("read:roles");
    expect(checkTenant({ ...target, signIn: { kind: "token", token } }, tenantWith().ask)).toMatch(
      /the token lacks scopes of the Management API: create:roles/,
    );
  });
});

describe("a trigger's list of actions", () => {
  const bindings = [{ trigger: "post-login", actions: ["Rolebook login"], external: [] }];
  const bound = (...names: readonly string[]) =>
    answered(200, { bindings: names.map((display_name) => ({ display_name })) });

  it.each([[[]], [["Rolebook login"]]])("may hold %j", (names) => {
    const { ask, asked } = tenantWith(granted("create:roles read:roles"), bound(...names));
    expect(checkTenant({ ...target, bindings }, ask)).toBeUndefined();
    expect(asked[1]?.url).toMatch(
      /^https:\/\/tenant\.example\/api\/v2\/actions\/triggers\/post-login\/bindings\?/,
    );
  });

  it("is not taken over from somebody else's actions", () => {
    const { ask } = tenantWith(granted("create:roles read:roles"), bound("company-audit", "Rolebook login"));
    expect(checkTenant({ ...target, bindings }, ask)).toMatch(
      /runs actions at "post-login" that are not declared here: "company-audit"; they would be unbound\nhelp: /,
    );
  });

  it.each([
    ["there", ["Audit"], undefined],
    [
      "not there",
      ["Audit trail"],
      'the tenant "tenant.example" has no action "Audit", which hooks/flows.ts keeps',
    ],
  ])("names an action that is %s", (_, names, refused) => {
    const keeping = [{ trigger: "post-login", actions: ["Audit", "Rolebook login"], external: ["Audit"] }];
    const actions = answered(200, { actions: names.map((name) => ({ name })) });
    const { ask, asked } = tenantWith(granted("create:roles read:roles"), bound(), actions);
    const found = checkTenant({ ...target, bindings: keeping }, ask);
    expect(found?.startsWith(refused ?? "")).toBe(refused && true);
    expect(asked[2]?.url).toMatch(/\/api\/v2\/actions\/actions\?actionName=Audit&/);
  });
});
