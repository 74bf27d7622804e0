import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Credential, JsonObject } from "../entities.ts";
import { badRequest } from "./errors.ts";
import {
  certificateExpiry,
  certificateSubject,
  certificateThumbprint,
  jwkThumbprint,
} from "./key-material.ts";
import { strict } from "./validation.ts";

/** A key or certificate as it is sent. */
export const credentialCreation = strict({
  credential_type: z.enum(["public_key", "cert_subject_dn", "x509_cert"]),
  name: z.string().max(128).optional(),
  pem: z.string().min(1).optional(),
  subject_dn: z.string().min(1).max(256).optional(),
  alg: z.enum(["RS256", "RS384", "PS256"]).optional(),
  kid: z.string().min(10).max(64).optional(),
  parse_expiry_from_cert: z.boolean().optional(),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});

type Creation = z.infer<typeof credentialCreation>;

const MOST_CREDENTIALS = 4;

/** Makes and stores a credential of a client. 400 for a fifth one, and for material that cannot be read. */
export function makeCredential(
  { store, ids, clock }: TenantContext,
  client_id: string,
  sent: Creation,
): Credential {
  if (store.credentials.count({ client_id }) >= MOST_CREDENTIALS)
    throw badRequest("Maximum number of credentials reached", "too_many_credentials");
  const now = clock.iso();
  const own = { id: ids.credential(), client_id, created_at: now, updated_at: now };
  const named = sent.name === undefined ? own : { ...own, name: sent.name };
  return store.credentials.insert({ ...named, ...materialOf(sent) });
}

/** The ways to authenticate of a new client, as they are stored: their credentials made, and named by id. */
export function makeMethods(
  context: TenantContext,
  client_id: string,
  methods: Readonly<Record<string, { readonly credentials: readonly Creation[] } | undefined>>,
): JsonObject {
  const made = Object.entries(methods).map(([method, sent]) => [
    method,
    {
      credentials:
        sent?.credentials.map((each) => ({ id: makeCredential(context, client_id, each).id })) ?? [],
    },
  ]);
  return Object.fromEntries(made);
}

/** What a credential proves itself with, computed from what was sent. */
function materialOf(sent: Creation): Pick<Credential, "credential_type"> & Partial<Credential> {
  const { credential_type, pem, subject_dn } = sent;
  if (credential_type === "cert_subject_dn")
    return { credential_type, subject_dn: subject_dn ?? certificateSubject(required(pem)) };
  const key = required(pem);
  if (credential_type === "x509_cert")
    return {
      credential_type,
      pem: key,
      thumbprint_sha256: certificateThumbprint(key),
      expires_at: certificateExpiry(key),
    };
  const expiry = sent.parse_expiry_from_cert
    ? certificateExpiry(key)
    : sent.expires_at && instant(sent.expires_at);
  return {
    credential_type,
    pem: key,
    kid: sent.kid ?? jwkThumbprint(key),
    alg: sent.alg ?? "RS256",
    ...(expiry && { expires_at: expiry }),
  };
}

function required(pem: string | undefined): string {
  if (pem === undefined) throw badRequest("Payload validation error: 'Missing required property: pem'.");
  return pem;
}

/** An instant as it is stored. */
export const instant = (date: string) => new Date(date).toISOString();
