// Who logs in: somebody the tenant knows, or somebody made up, brought into the state that the scenario wants.
import { z } from "zod";
import type { Tenant } from "../../../tenant/index.ts";
import type { Role } from "../../model/access-model.ts";
import { clientName, roleName } from "../../plan/names.ts";
import { Failure } from "../failure.ts";
import { type Application, type Identity, logIn } from "../visitor.ts";
import type { Applied } from "./apply-access.ts";
import { type Manage, storedIn } from "./management.ts";
import { database, type Scenario } from "./scenario.ts";

/** A tenant in memory that has what the stack's plan gives it. */
export interface Prepared {
  readonly tenant: Tenant;
  readonly manage: Manage;
  readonly applied: Applied;
}

/** That of all who log in here: the tenant is in memory, and its accounts are nobody's. */
const password = "correct horse Battery 9";

/** Somebody who is ready to log in. */
export interface Person {
  readonly email: string;
  readonly connection: string;
  /** Whether he is there for the simulation only. */
  readonly isMadeUp: boolean;
  readonly identity: Identity;
  /** Undefined for social users and those who sign up: they are made in the course of what is simulated. */
  readonly id: string | undefined;
}

const users = z.array(
  z.looseObject({
    user_id: z.string(),
    email: z.string().optional(),
    name: z.string().optional(),
    app_metadata: z.record(z.string(), z.unknown()).optional(),
    identities: z.array(z.object({ connection: z.string() })).min(1),
  }),
);
type User = z.infer<typeof users>[number];

/** The person of a scenario with the roles and groups that it wants. Takes a tenant in which no policies of ours are. */
export async function personOf(
  { user: named, client, connection, kind, roles, groups, organization }: Scenario,
  application: Application,
  { tenant, manage, applied }: Prepared,
): Promise<Person> {
  const stored = findUser(named, connection, tenant);
  const email = stored?.email ?? named;
  if (!email.includes("@"))
    throw new Failure(`no user "${named}" is known here`, "give an e-mail address: somebody is made up");
  if (stored && kind === "registration")
    throw new Failure(`"${email}" has an account already`, "leave out --flow, or let somebody else sign up");

  const comesBy = stored?.identities[0]?.connection ?? connection ?? client.connections[0] ?? database;
  const name = stored?.name ?? nameOf(email);
  const identity = comesBy === database ? { email, password } : { connection: comesBy, email, name };
  const isPrepared = roles !== undefined || groups !== undefined || organization !== undefined;
  let user = stored;
  if (!user && kind === "login" && (comesBy === database || isPrepared)) {
    if (comesBy !== database) await logIn(new URL(tenant.url), application, identity);
    else
      await manage("POST", "/users", { connection: database, email, password, name, email_verified: true });
    user = findUser(named, comesBy, tenant);
  }
  if (user) {
    const path = `/users/${encodeURIComponent(user.user_id)}`;
    if (stored && comesBy === database) await manage("PATCH", path, { password, connection: database });
    if (groups) await manage("PATCH", path, { app_metadata: { groups: groups.map((group) => group.name) } });
    if (roles && organization === undefined) await giveRoles(path, roles, applied, manage);
  }
  return { email, connection: comesBy, isMadeUp: !stored, identity, id: user?.user_id };
}

/** Of those with one address the one who comes by the connection, the first unless one is given. */
function findUser(named: string, connection: string | undefined, tenant: Tenant): User | undefined {
  const found = users
    .parse(storedIn(tenant, "users"))
    .filter(({ user_id, email }) => user_id === named || email === named.toLowerCase());
  return found.find(
    ({ user_id, identities }) =>
      user_id === named || connection === undefined || identities[0]?.connection === connection,
  );
}

async function giveRoles(
  path: string,
  roles: readonly Role[],
  applied: Applied,
  manage: Manage,
): Promise<void> {
  const held = heldRoles.parse(await manage("GET", `${path}/roles`)).map(({ id }) => id);
  if (held.length > 0) await manage("DELETE", `${path}/roles`, { roles: held });
  const wanted = idsOf(roles, applied);
  if (wanted.length > 0) await manage("POST", `${path}/roles`, { roles: wanted });
}

/**
 * The id of the organization that the person logs in to, as a member with the roles that the scenario wants. One that is not
 * there is made up.
 */
export async function organizationOf(
  { organization: named = "", client, roles }: Scenario,
  { id: user, connection }: Person,
  { tenant, manage, applied }: Prepared,
): Promise<string> {
  const stored = storedIn(tenant, "organizations").find((each) => each.id === named || each.name === named);
  const { id } = created.parse(
    stored ?? (await manage("POST", "/organizations", { name: named.toLowerCase() })),
  );
  const path = `/organizations/${id}`;
  const { id: clientId } = applied.clients.get(clientName(client.key)) ?? {};
  await manage("PATCH", `/clients/${clientId}`, { organization_usage: "allow" });
  const by = storedIn(tenant, "connections").find(({ name }) => name === connection);
  const enabled = z
    .array(z.object({ connection_id: z.string() }))
    .parse(await manage("GET", `${path}/enabled_connections`));
  if (!enabled.some((each) => each.connection_id === by?.id))
    await manage("POST", `${path}/enabled_connections`, { connection_id: by?.id });
  await manage("POST", `${path}/members`, { members: [user] });
  if (roles && roles.length > 0)
    await manage("POST", `${path}/members/${encodeURIComponent(user ?? "")}/roles`, {
      roles: idsOf(roles, applied),
    });
  return id;
}

const created = z.object({ id: z.string() });
const heldRoles = z.array(created);

function idsOf(roles: readonly Role[], applied: Applied): readonly string[] {
  return roles.map(({ key }) => applied.roles.get(roleName(key)) ?? "");
}

/** `ada.lovelace@example.test` is called Ada Lovelace. */
function nameOf(email: string): string {
  const [local = email] = email.split("@");
  return local
    .split(/[._-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
