import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClock } from "../../tenant/clock.ts";
import { createTenant, TenantError } from "../../tenant/index.ts";
import { createEstate } from "../support/estate.ts";

const key = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const pem = (each = key()) => String(each.export({ format: "pem", type: "pkcs8" }));
const signingKeys = [pem(), pem()];

/** Everything that a tenant of this seed answers to the same requests, as it came over the wire. */
async function answers(seed: string): Promise<readonly string[]> {
  const clock = createClock();
  clock.freeze();
  clock.set(Date.UTC(2030, 0, 1));
  const seen: string[] = [];
  const { tenant, signUp, logIn } = await createEstate({
    port: 1001,
    seed,
    signingKeys,
    clock,
    front: async (request, answer) => {
      const response = await answer(request);
      const copy = response.clone();
      seen.push(
        `${request.method} ${request.url} ${copy.status}`,
        JSON.stringify([...copy.headers]),
        await copy.text(),
      );
      return response;
    },
  });
  await signUp("ada@example.com");
  await logIn("ada@example.com", "openid profile offline_access read:orders");
  clock.advance(1000);
  await tenant.fetch("/.well-known/jwks.json");
  await tenant.close();
  return seen;
}

describe("two tenants of the same seed, keys and time", () => {
  it("answer the same requests with the same bytes, tokens included", async () => {
    const [one, other] = [await answers("x"), await answers("x")];
    expect(one.join("\n")).toContain("access_token");
    expect(other).toEqual(one);
  });

  it("answer otherwise than one of another seed", async () => {
    expect(await answers("y")).not.toEqual(await answers("x"));
  });
});

describe("signing keys that are handed in", () => {
  const jwks = async (keys: NonNullable<Parameters<typeof createTenant>[0]>["signingKeys"]) => {
    const tenant = await createTenant({ listen: false, ...(keys && { signingKeys: keys }) });
    onTestFinished(() => tenant.close());
    const answer = await (await tenant.fetch("/.well-known/jwks.json")).json();
    return (answer as { keys: { n: string; kid: string }[] }).keys; // RFC 7517, 5
  };

  it("may be PEM or JWK, as an object or as JSON, and keep the name that a JWK gives", async () => {
    const each = key();
    const jwk = each.export({ format: "jwk" });
    const [fromPem] = await jwks([pem(each)]);
    expect(fromPem?.n).toBe(jwk.n);
    expect(await jwks([{ ...jwk, kid: "mine" }])).toMatchObject([{ n: jwk.n, kid: "mine" }, {}]);
    expect(await jwks([JSON.stringify({ ...jwk, kid: "mine" })])).toMatchObject([
      { n: jwk.n, kid: "mine" },
      {},
    ]);
  });

  it("show no private half", async () => {
    expect(Object.keys((await jwks(signingKeys))[0] ?? {}).sort()).toEqual([
      "alg",
      "e",
      "kid",
      "kty",
      "n",
      "use",
    ]);
  });

  it.each([
    ["a public key", () => ({ kty: "RSA", n: "AQAB", e: "AQAB" })],
    [
      "a key of another kind",
      () => String(generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" })),
    ],
    ["a short key", () => pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey)],
    ["no key at all", () => "secret words"],
  ])("are refused if one is %s, without repeating it", async (_, make) => {
    const failure = await createTenant({ listen: false, signingKeys: [make()] }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(TenantError);
    expect(failure).toMatchObject({
      code: "bad-signing-key",
      message: expect.not.stringContaining("secret"),
    });
  });
});
