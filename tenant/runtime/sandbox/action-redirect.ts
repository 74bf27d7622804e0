import { createHmac, timingSafeEqual } from "node:crypto";
import type { Part } from "./action-api.ts";

/** Protocols of logins in a browser, which can be sent elsewhere. */
const interactive = /^(oidc-|samlp|wsfed|redirect-callback)/;

/** Seconds. */
const LIFETIME = 900;

/**
 * `api.redirect`. Tokens are JWTs with HS256, for the user and from the tenant.
 * @see Auth0 docs, actions/reference/post-login/post-login-api-object
 */
export const redirectPart: Part = ({ record, event, now }) => {
  const seconds = Math.floor(now / 1000);
  const { user_id: sub } = asObject(event.user);
  const { hostname: iss, ip, query, body } = asObject(event.request);
  const { protocol, prompt } = asObject(event.transaction);
  const silent = Array.isArray(prompt) && prompt.includes("none");
  return {
    redirect: {
      canRedirect: () => interactive.test(String(protocol)) && !silent,
      sendUserTo(url: string, options: { query?: Record<string, string> } = {}) {
        const target = new URL(url);
        for (const [name, value] of Object.entries(options.query ?? {}))
          target.searchParams.set(name, String(value));
        record({ type: "redirect.sendUserTo", url: target.href });
      },
      encodeToken({ secret, payload, expiresInSeconds = LIFETIME }: TokenOptions) {
        const claims = { iss, sub, ip, iat: seconds, exp: seconds + expiresInSeconds, ...payload };
        const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
        return `${content}.${sign(content, secret)}`;
      },
      validateToken({ secret, tokenParameterName = "session_token" }: ValidationOptions) {
        const token = asObject(query)[tokenParameterName] ?? asObject(body)[tokenParameterName];
        const [header = "", payload = "", signature = ""] = String(token ?? "").split(".");
        const expected = sign(`${header}.${payload}`, secret);
        if (!isSame(signature, expected) || asObject(decode(header)).alg !== "HS256")
          throw new Error("The session token is invalid: its signature is not of this secret");
        const claims = asObject(decode(payload));
        if (!(Number(claims.exp) > seconds)) throw new Error("The session token is invalid: it has expired");
        if (claims.sub !== sub) throw new Error("The session token is invalid: it is for another user");
        return claims;
      },
    },
  };
};

interface TokenOptions {
  readonly secret: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number;
}

interface ValidationOptions {
  readonly secret: string;
  readonly tokenParameterName?: string;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
const sign = (content: string, secret: string) =>
  createHmac("sha256", secret).update(content).digest("base64url");

function isSame(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
