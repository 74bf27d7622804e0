import { describe, expect, it } from "vitest";
import { signInTo } from "../../src/remote/index.ts";

const nothing = { clientId: undefined, clientSecret: undefined, apiToken: undefined, audience: undefined };
const inEnvironment = { AUTH0_CLIENT_ID: "from env", AUTH0_CLIENT_SECRET: "secret from env" };
const audience = "https://tenant.example/api/v2/";

describe("the sign-in to a tenant", () => {
  it.each([
    ["nothing", nothing, {}, { kind: "none" }],
    ["a client without its secret", nothing, { AUTH0_CLIENT_ID: "id" }, { kind: "none" }],
    [
      "the environment's client",
      nothing,
      inEnvironment,
      { kind: "client", id: "from env", secret: "secret from env", audience },
    ],
    [
      "the configuration's client before the environment's",
      { ...nothing, clientId: "id", clientSecret: "secret" },
      inEnvironment,
      { kind: "client", id: "id", secret: "secret", audience },
    ],
    [
      "the audience of a tenant with a domain of one's own",
      { ...nothing, audience: "https://example.eu.auth0.com/api/v2/" },
      inEnvironment,
      {
        kind: "client",
        id: "from env",
        secret: "secret from env",
        audience: "https://example.eu.auth0.com/api/v2/",
      },
    ],
    [
      "a token before everything",
      nothing,
      { ...inEnvironment, AUTH0_API_TOKEN: "token" },
      { kind: "token", token: "token" },
    ],
    [
      "a private key, which is left to the provider",
      nothing,
      { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "pem" },
      { kind: "elsewise" },
    ],
  ])("is by %s", (_, configured, env, signIn) => {
    expect(signInTo("tenant.example", configured, env)).toEqual(signIn);
  });
});
