import { X509Certificate } from "node:crypto";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { createEstate } from "../../support/estate.ts";

const estate = await createEstate();
const { tenant, manage } = estate;
await estate.signUp("ada@example.com");
afterAll(() => tenant.close());

interface Key {
  readonly kid: string;
  readonly cert: string;
  readonly pkcs7: string;
  readonly fingerprint: string;
  readonly thumbprint: string;
  readonly current?: boolean;
  readonly next?: boolean;
  readonly previous?: boolean;
  readonly revoked?: boolean;
}
const list = () => manage<Key[]>("GET", "/keys/signing");
const published = async () =>
  (await (await tenant.fetch("/.well-known/jwks.json")).json()) as JSONWebKeySet & {
    keys: { kid: string }[];
  };
const accessToken = async () => (await estate.logIn("ada@example.com")).body.access_token;
const userinfo = async (token: string) =>
  (await tenant.fetch("/userinfo", { headers: { authorization: `Bearer ${token}` } })).status;

describe("signing keys", () => {
  it("are a current and a next one at first, both published, without the private half", async () => {
    const keys = await list();
    expect(keys.map(({ current, next }) => ({ current, next }))).toEqual([{ current: true }, { next: true }]);
    const set = await published();
    expect(set.keys.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid));
    for (const key of set.keys)
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  it("have a certificate with the published key, and its SHA-1 in both spellings", async () => {
    const { keys } = await published();
    for (const [place, { cert, pkcs7, fingerprint, thumbprint }] of (await list()).entries()) {
      const { publicKey, fingerprint: own } = new X509Certificate(cert);
      expect(publicKey.export({ format: "jwk" }).n).toBe(keys[place]?.n);
      expect([fingerprint, thumbprint]).toEqual([own, own.replaceAll(":", "")]);
      expect(pkcs7).toMatch(/^-----BEGIN PKCS7-----/);
    }
  });

  it("rotate: the next one signs, tokens of the old one stay valid until it is revoked", async () => {
    const [old, next] = await list();
    const before = await accessToken();
    const rotated = await manage<Key>("POST", "/keys/signing/rotate");
    const [current, upcoming, previous] = await list();
    expect(current?.kid).toBe(next?.kid);
    expect(upcoming?.kid).toBe(rotated.kid);
    expect(previous).toMatchObject({ kid: old?.kid, previous: true });
    const after = await accessToken();
    const { protectedHeader } = await jwtVerify(after, createLocalJWKSet(await published()));
    expect(protectedHeader.kid).toBe(next?.kid);
    expect([await userinfo(before), await userinfo(after)]).toEqual([200, 200]);

    await manage("PUT", `/keys/signing/${old?.kid}/revoke`);
    expect([await userinfo(before), await userinfo(after)]).toEqual([401, 200]);
    expect((await published()).keys.map(({ kid }) => kid)).not.toContain(old?.kid);
    expect((await list()).at(-1)).toMatchObject({ kid: old?.kid, revoked: true });
  });

  it("cannot be revoked while they are current or next", async () => {
    for (const { kid } of (await list()).slice(0, 2))
      await expect(manage("PUT", `/keys/signing/${kid}/revoke`)).rejects.toThrow("400");
    await expect(manage("PUT", "/keys/signing/unknown/revoke")).rejects.toThrow("404");
    await expect(manage("GET", "/keys/signing/unknown")).rejects.toThrow("404");
  });
});
