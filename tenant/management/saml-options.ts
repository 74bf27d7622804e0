/** What the tenant reads out of an identity provider's certificate and metadata. */
import type { Json, JsonObject } from "../entities.ts";
import { certificateFacts } from "./key-material.ts";

/** Options that describe the certificate in a PEM, plain or in base64; none if there is no readable one. */
export function certificateOptions(signingCert: Json | undefined): JsonObject {
  if (typeof signingCert !== "string") return {};
  const pem = signingCert.startsWith("-----BEGIN")
    ? signingCert
    : Buffer.from(signingCert, "base64").toString("utf8");
  const facts = certificateFacts(pem);
  return facts ? { cert: pem, ...facts } : {};
}

/** Options that say where the identity provider is and how it signs. */
const FROM_METADATA = ["signingCert", "signInEndpoint", "signOutEndpoint", "bindingMethod"];

/**
 * What the metadata says, if it was sent. The tenant does not fetch a `metadataUrl`: what it knew from before stays.
 */
export function metadataOptions({ metadataXml, metadataUrl }: JsonObject, old: JsonObject = {}): JsonObject {
  if (typeof metadataXml === "string") return readMetadata(metadataXml);
  if (typeof metadataUrl !== "string" || metadataUrl === "") return {};
  return Object.fromEntries(
    FROM_METADATA.flatMap((name) => (name in old ? [[name, old[name] as Json]] : [])),
  );
}

function readMetadata(xml: string): JsonObject {
  const signIn = attributesOf(xml, "SingleSignOnService");
  const signOut = attributesOf(xml, "SingleLogoutService");
  const certificate = /<(?:\w+:)?X509Certificate[^<>]*>([^<]+)</.exec(xml)?.[1]?.replace(/\s/g, "");
  return {
    ...(certificate !== undefined && { signingCert: Buffer.from(toPem(certificate)).toString("base64") }),
    ...(signIn?.Location !== undefined && { signInEndpoint: signIn.Location }),
    ...(signIn?.Binding !== undefined && { bindingMethod: signIn.Binding }),
    ...(signOut?.Location !== undefined && { signOutEndpoint: signOut.Location }),
  };
}

/** The attributes of the first element of this name, whatever its prefix. */
function attributesOf(xml: string, element: string): Readonly<Record<string, string>> | undefined {
  const tag = new RegExp(`<(?:\\w+:)?${element}\\s([^<>]*)>`).exec(xml)?.[1];
  if (tag === undefined) return undefined;
  return Object.fromEntries([...tag.matchAll(/\b(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

const toPem = (base64: string) =>
  `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;
