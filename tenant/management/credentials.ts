import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Client, Credential } from "../entities.ts";
import { attachedCredentials, findClient } from "./clients.ts";
import { badRequest, notFound } from "./errors.ts";
import { credentialCreation, instant, makeCredential } from "./make-credential.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const change = strict({ expires_at: z.iso.datetime({ offset: true }).nullable() });

export const credentials = handlers({
  listCredentials: ({ path }, context) => {
    const { client_id } = findClient(context, path.id);
    return ok(context.store.credentials.find({ client_id }, { newestFirst: true }).map(toWire));
  },

  createCredential: ({ path, body }, context) => {
    const sent = parseBody(credentialCreation, body);
    const { client_id } = findClient(context, path.id);
    return created(toWire(makeCredential(context, client_id, sent)));
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
