import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Client, Credential } from "../entities.ts";
import { attachedCredentials, findClient } from "./clients.ts";
import { badRequest, notFound } from "./errors.ts";
import {
  certificateExpiry,
  certificateSubject,
  certificateThumbprint,
  jwkThumbprint,
} from "./key-material.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const creation = strict({
  credential_type: z.enum(["public_key", "cert_subject_dn", "x509_cert"]),
  name: z.string().max(128).optional(),
  pem: z.string().min(1).optional(),
  subject_dn: z.string().min(1).max(256).optional(),
  alg: z.enum(["RS256", "RS384", "PS256"]).optional(),
  kid: z.string().min(10).max(64).optional(),
  parse_expiry_from_cert: z.boolean().optional(),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
const change = strict({ expires_at: z.iso.datetime({ offset: true }).nullable() });

type Creation = z.infer<typeof creation>;

const MOST_CREDENTIALS = 4;

export const credentials = handlers({
  listCredentials: ({ path }, context) => {
    const { client_id } = findClient(context, path.id);
    return ok(context.store.credentials.find({ client_id }, { newestFirst: true }).map(toWire));
  },

  createCredential: ({ path, body }, context) => {
    const sent = parseBody(creation, body);
    const { client_id } = findClient(context, path.id);
    const { store, ids, clock } = context;
    if (store.credentials.count({ client_id }) >= MOST_CREDENTIALS)
      throw badRequest("Maximum number of credentials reached", "too_many_credentials");
    const now = clock.iso();
    const own = { id: ids.credential(), client_id, created_at: now, updated_at: now };
    const named = sent.name === undefined ? own : { ...own, name: sent.name };
    return created(toWire(store.credentials.insert({ ...named, ...materialOf(sent) })));
  },

  getCredential: ({ path }, context) =>
    ok(toWire(find(context, findClient(context, path.id), path.credentialId))),

  updateCredential: ({ path, body }, context) => {
    const { expires_at } = parseBody(change, body);
    const credential = find(context, findClient(context, path.id), path.credentialId);
    const fields = { expires_at: expires_at && instant(expires_at), updated_at: context.clock.iso() };
    return ok(toWire(context.store.credentials.replace(patched(credential, fields))));
  },

  deleteCredential: ({ path }, context) => {
    const client = findClient(context, path.id);
    if (attachedCredentials(client).flat().includes(path.credentialId))
      throw badRequest("The credential is in use by the client and cannot be deleted", "credential_in_use");
    if (context.store.credentials.get(path.credentialId)?.client_id === client.client_id)
      context.store.credentials.delete(path.credentialId);
    return noContent;
  },
});

/** Stored → wire: the PEM is never shown. */
function toWire({ pem: _p, client_id: _c, ...credential }: Credential) {
  return credential;
}

function find({ store }: TenantContext, client: Client, id: string): Credential {
  const credential = store.credentials.get(id);
  if (credential?.client_id !== client.client_id)
    throw notFound("The credential does not exist", "inexistent_credential");
  return credential;
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

const instant = (date: string) => new Date(date).toISOString();
