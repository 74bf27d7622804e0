// What is simulated: the arguments of the command, as things of the checkout.
import type { Estate } from "../../estate.ts";
import type { Api, Client, Group, Role } from "../../model/access-model.ts";
import { fillTemplate } from "../../model/stage.ts";
import { Failure } from "../failure.ts";
import { suggest } from "../options.ts";
import type { NamedStage } from "../stages.ts";

/** What happens: a login, a sign-up with a login behind it, or a machine's exchange of its credentials for a token. */
export const kinds = ["login", "registration", "exchange"] as const;
export type Kind = (typeof kinds)[number];

/** A moment to simulate; somebody in it, but for an exchange. */
export interface Scenario {
  readonly kind: Kind;
  readonly client: Client;
  readonly api: Api;
  /** The API's identifier in the stack. */
  readonly audience: string;
  /** E-mail address, or an id such as `auth0|5f…` that the running tenant knows. */
  readonly user: string;
  /** By which the user comes; undefined for that of a user who is there, or else the client's first. */
  readonly connection: string | undefined;
  /** What Auth0 stores for the user at first; what it has already, unless given. */
  readonly roles: readonly Role[] | undefined;
  /** The user's groups, in `app_metadata`; likewise. */
  readonly groups: readonly Group[] | undefined;
  /** Name or id. */
  readonly organization: string | undefined;
}

/** What the command was given. */
export interface Given {
  readonly user?: string | undefined;
  readonly client?: string | undefined;
  readonly connection?: string | undefined;
  readonly flow?: Kind | undefined;
  readonly roles?: string | undefined;
  readonly groups?: string | undefined;
  readonly organization?: string | undefined;
  readonly audience?: string | undefined;
}

/** The database that every tenant has. */
export const database = "Username-Password-Authentication";

const example = "rolebook simulate --user ada@example.test --client shop";

/** The scenario that the arguments describe. A Failure that names what was meant, if they name what is not declared. */
export function scenarioOf(given: Given, { model }: Estate, stage: NamedStage): Scenario {
  const { connection = "" } = given;
  const likely = model.clients.find((each) =>
    given.flow === "exchange"
      ? each.type === "machine" && each.grants.length > 0
      : each.callbacks.length > 0 && (connection === "" || each.connections.includes(connection)),
  );
  const client = given.client === undefined ? likely : known("client", given.client, model.clients);
  if (!client)
    throw new Failure("no client is one to simulate this with", `name one with --client: ${example}`);
  const kind = given.flow ?? (client.type === "machine" ? "exchange" : "login");
  if ((client.type === "machine") !== (kind === "exchange"))
    throw new Failure(
      `client "${client.key}" is ${client.type === "machine" ? "a machine: nobody logs in to it" : "for people: it exchanges no credentials of its own"}`,
      `leave out --flow, or name another client: ${example}`,
    );
  const granted = client.grants.map(({ api }) => api);
  const first = model.apis.find(({ key }) => kind !== "exchange" || granted.includes(key));
  const api = given.audience === undefined ? first : apiOf(given.audience, model.apis, stage);
  if (!api)
    throw new Failure(`client "${client.key}" is granted nothing at any API`, "name one with --audience");
  if (kind === "login" || kind === "registration") checkPerson(given, client);
  const prepared = (["roles", "groups", "organization"] as const).find((name) => given[name] !== undefined);
  if (prepared && kind !== "login")
    throw new Failure(`--${prepared} is for logins of people who are there before`, "leave it out");
  return {
    kind,
    client,
    api,
    audience: fillTemplate(api.identifier, stage.values),
    user: given.user ?? "",
    connection: given.connection,
    roles: listed(given.roles)?.map((key) => known("role", key, model.roles)),
    groups: listed(given.groups)?.map((key) => known("group", key, model.groups)),
    organization: given.organization,
  };
}

function checkPerson({ user, connection, flow }: Given, client: Client): void {
  if (!user) throw new Failure("nobody is said to log in", example);
  if (client.callbacks.length === 0)
    throw new Failure(`client "${client.key}" has no callback`, "name another with --client");
  if (connection !== undefined && !client.connections.includes(connection))
    throw new Failure(
      `client "${client.key}" has no connection "${connection}"`,
      suggest(connection, client.connections),
    );
  const signsUpAt = connection ?? client.connections[0] ?? database;
  if (flow === "registration" && signsUpAt !== database)
    throw new Failure(
      `nobody signs up at "${signsUpAt}": Auth0 runs registration policies for database users only`,
      "leave out --flow: the first login makes the user",
    );
}

function apiOf(asked: string, apis: readonly Api[], { values }: NamedStage): Api {
  return (
    apis.find(({ identifier }) => fillTemplate(identifier, values) === asked) ?? known("API", asked, apis)
  );
}

function listed(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function known<T extends { readonly key: string }>(kind: string, key: string, all: readonly T[]): T {
  const found = all.find((each) => each.key === key);
  if (found) return found;
  throw new Failure(
    `no ${kind} "${key}" is declared`,
    suggest(
      key,
      all.map((each) => each.key),
    ),
  );
}
