import { randomBytes, X509Certificate } from "node:crypto";
import type { Store } from "./store.ts";

/** What the tenant speaks TLS with, in PEM. */
export interface TlsMaterial {
  /** The authority that clients trust. Its key is thrown away once it has signed, so trusting it endangers nobody. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const DAY = 24 * 60 * 60 * 1000;
/** Clients refuse certificates that are valid for much longer than two years. */
const LIFETIME = 800 * DAY;
const RENEWED_BEFORE_END = 30 * DAY;

/** The certificate in `store`; a new one, with a new authority, if there is none or it ends within a month. */
export async function tlsMaterial(store: Store): Promise<TlsMaterial> {
  const known = store.recall("tls") as TlsMaterial | undefined; // written below, and nowhere else
  if (known && new X509Certificate(known.certificate).validToDate.getTime() - Date.now() > RENEWED_BEFORE_END)
    return known;
  const made = await makeTlsMaterial();
  store.remember("tls", made);
  return made;
}

async function makeTlsMaterial(): Promise<TlsMaterial> {
  // Loaded only when needed: it takes longer than the rest of the start.
  const { generate } = await import("selfsigned");
  // An hour early, for clocks that differ.
  const notBeforeDate = new Date(Date.now() - DAY / 24);
  const notAfterDate = new Date(notBeforeDate.getTime() + LIFETIME);
  const shared = { keyType: "ec", curve: "P-256", algorithm: "sha256", notBeforeDate, notAfterDate } as const;
  // A name of its own: where two authorities of one name are trusted, certificates are held against the wrong one.
  const name = `Rolebook local tenant ${randomBytes(4).toString("hex")}`;
  const authority = await generate([{ name: "commonName", value: name }], {
    ...shared,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "localhost" }], {
    ...shared,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { ca: authority.cert, certificate: server.cert, key: server.private };
}
