// An estate and the official SDK that works on it over TLS, for the one test file that imports this.
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { type Management, ManagementClient } from "auth0";
import { AUDIENCE, createEstate, DATABASE, PASSWORD } from "./estate.ts";

/** To be closed by who imports it. */
export const estate = await createEstate({ listen: true });
setDefaultCACertificates([...getCACertificates(), estate.tenant.ca.pem]);

/** May do everything, also after the key of earlier tokens was revoked. */
export const sdk = new ManagementClient({
  domain: estate.tenant.domain,
  token: () => estate.tenant.managementToken(),
});

const person = (email: string) => ({ connection: DATABASE, email, password: PASSWORD });

let made = 0;

/** A name that nothing else has. */
export const unique = (stem: string) => `${stem}-${++made}`;

/** Each makes something and returns its id. */
export const makeUser = async () =>
  (await sdk.users.create(person(`${unique("u")}@example.com`))).user_id ?? "";
export const makeClient = async () => (await sdk.clients.create({ name: unique("client") })).client_id ?? "";
export const makeRole = async () => (await sdk.roles.create({ name: unique("role") })).id ?? "";
export const makeConnection = async () =>
  (await sdk.connections.create({ name: unique("db"), strategy: "auth0" })).id ?? "";
export const makeOrganization = async () =>
  (await sdk.organizations.create({ name: unique("org") })).id ?? "";

/** A grant of a client of its own; `more` goes on top. */
export const makeGrant = async (more: Partial<Management.CreateClientGrantRequestContent> = {}) => {
  const client_id = await makeClient();
  const grant = await sdk.clientGrants.create({
    client_id,
    audience: AUDIENCE,
    scope: ["read:orders"],
    ...more,
  });
  return { client_id, id: grant.id ?? "" };
};
