/**
 * What each scope shows of a client, as Auth0's reference of `GET /clients` says: `read:client_summary` no more than who it
 * is, `read:clients` its settings, `read:client_credentials` how it authenticates, `read:client_keys` everything.
 */
const SUMMARY = new Set(["client_id", "app_type", "name", "description", "tenant"]);
const CREDENTIALS = new Set([
  "client_secret",
  "client_authentication_methods",
  "encryption_key",
  "signing_keys",
]);

/** The fields of a client that these scopes show. */
export function visibleFields(client: object, scopes: readonly string[]): object {
  if (scopes.includes("read:client_keys")) return client;
  const settings = scopes.includes("read:clients");
  const credentials = scopes.includes("read:client_credentials");
  const isVisible = (field: string) =>
    SUMMARY.has(field) || (CREDENTIALS.has(field) ? credentials : settings);
  return Object.fromEntries(Object.entries(client).filter(([field]) => isVisible(field)));
}
