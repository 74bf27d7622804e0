/** What is shown of a client. */

import type { TenantContext } from "../context.ts";
import type { Client } from "../entities.ts";
import { type SigningCertificate, signingCertificate } from "../signing-certificate.ts";
import type { Store } from "../store.ts";
import { tenantName } from "../tenant-name.ts";

/** Stored → wire, for the clients of one answer: one that authenticates with credentials shows neither secret nor method. */
export function clientToWire(context: TenantContext) {
  const shared = { tenant: tenantName(context), signing_keys: signingKeys(context) };
  return (client: Client) => {
    const wire = { ...shared, ...client };
    if (!client.client_authentication_methods) return wire;
    const { client_secret: _s, token_endpoint_auth_method: _m, ...rest } = wire;
    return rest;
  };
}

/** The certificate of each tenant's current key: nearly every answer shows it, and to sign one takes a millisecond. */
const certificates = new WeakMap<Store, { readonly kid: string; readonly certificate: SigningCertificate }>();

/** The certificate of the key that signs the tenant's tokens; all clients share it. */
function signingKeys({ store, domain }: TenantContext): readonly SigningCertificate[] {
  const key = store.signing_keys.first({ is_current: true });
  if (!key) return [];
  const known = certificates.get(store);
  if (known?.kid === key.kid) return [known.certificate];
  const certificate = signingCertificate(key, domain);
  certificates.set(store, { kid: key.kid, certificate });
  return [certificate];
}
