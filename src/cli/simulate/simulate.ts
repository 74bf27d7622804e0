// A moment in the life of a tenant, in memory: what the policies did in it, and the tokens it ended with.
import { decodeJwt, type JWTPayload } from "jose";
import { z } from "zod";
import { createTenant, type Tenant } from "../../../tenant/index.ts";
import { bundle } from "../../bundle/index.ts";
import type { Estate } from "../../estate.ts";
import { fillTemplate } from "../../model/stage.ts";
import { plan } from "../../plan/index.ts";
import { clientName } from "../../plan/names.ts";
import { trustAuthority } from "../dev-stack.ts";
import type { NamedStage } from "../stages.ts";
import { type Application, logIn, Refused, signUp } from "../visitor.ts";
import { applyAccess } from "./apply-access.ts";
import { applyFlows, removeFlows } from "./apply-flows.ts";
import { managementOf, storedIn } from "./management.ts";
import { organizationOf, type Person, type Prepared, personOf } from "./person.ts";
import type { Scenario } from "./scenario.ts";
import { type FlowTrace, tracesOf } from "./trace.ts";

/** Where a simulation starts from, and how. */
export interface Start {
  readonly root: string;
  readonly estate: Estate;
  readonly stage: NamedStage;
  /** All that a running tenant stores; undefined starts with an empty one. */
  readonly state: Parameters<Tenant["restore"]>[0] | undefined;
  /** Whether policies may call hosts of the world outside. */
  readonly isConnected: boolean;
}

/** What came of it. */
export interface Simulated {
  readonly scenario: Scenario;
  readonly person: Person | undefined;
  /** In the order they ran. */
  readonly flows: readonly FlowTrace[];
  /** What the application is told in the place of tokens. */
  readonly refusal: string | undefined;
  /** Claims; a token that is not there is undefined. */
  readonly tokens: { readonly id: JWTPayload | undefined; readonly access: JWTPayload | undefined };
  /** Names of the roles that Auth0 stores for the user, in the organization for a login into one. */
  readonly roles: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** Runs the scenario in a tenant of its own that is gone afterwards. */
export async function simulate(scenario: Scenario, start: Start): Promise<Simulated> {
  const { estate, stage, isConnected, root, state } = start;
  const tenant = await createTenant({ ...(isConnected && { network: "all" }), root });
  try {
    trustAuthority(tenant.ca.pem);
    if (state) tenant.restore(state);
    const { value: bundles } = bundle(root, estate.flows, estate.model, { isWatched: true });
    const planned = plan(estate.model, bundles, { ...stage, tenantDomain: tenant.domain });
    const manage = await managementOf(tenant);
    await removeFlows(tenant, manage);
    const applied = await applyAccess(planned, tenant, manage);
    const client = applied.clients.get(clientName(scenario.client.key)) ?? { id: "", secret: "" };
    const prepared = { tenant, manage, applied };
    const application = applicationOf(scenario, client, stage);
    const person = scenario.kind === "exchange" ? undefined : await personOf(scenario, application, prepared);
    const organization =
      scenario.organization !== undefined && person?.id !== undefined
        ? await organizationOf(scenario, person, prepared)
        : undefined;
    const before = storedRoles(tenant, person?.id, organization);
    await applyFlows(planned, applied, manage);

    const since = tenant.logs().length;
    const callsBefore = tenant.calls().length;
    const visit = person
      ? await visitBy(person, { ...application, ...(organization && { organization }) }, scenario, tenant)
      : await exchangeOf(client, scenario, tenant);
    await tenant.settled();

    const userId = person?.id ?? visit.tokens.id?.sub;
    return {
      scenario,
      person,
      ...visit,
      flows: tracesOf({
        // Policies that call the Management API get a token for it: no exchange that anybody asked for.
        flows: estate.flows.flows.filter(
          ({ name }) => person === undefined || name !== "credentialsExchange",
        ),
        logs: tenant.logs().slice(since),
        calls: tenant.calls().slice(callsBefore),
        stage,
      }),
      roles: { before, after: storedRoles(tenant, userId, organization) },
    };
  } finally {
    await tenant.close();
  }
}

type Visit = Pick<Simulated, "refusal" | "tokens">;

function applicationOf(
  { client: { callbacks, type }, audience }: Scenario,
  { id, secret }: { readonly id: string; readonly secret: string },
  { values }: NamedStage,
): Application {
  const [callback] = callbacks;
  return {
    clientId: id,
    callback: callback ? fillTemplate(callback, values) : "",
    audience,
    ...(type === "web" && { clientSecret: secret }),
  };
}

async function visitBy(
  { identity, email }: Person,
  application: Application,
  { kind }: Scenario,
  tenant: Tenant,
): Promise<Visit> {
  const url = new URL(tenant.url);
  try {
    if (kind === "registration" && "password" in identity) {
      await signUp(url, application, email, identity.password);
      await tenant.settled();
    }
    const { id, access } = await logIn(url, application, identity);
    return { refusal: undefined, tokens: { id, access } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refusal: error.message, tokens: { id: undefined, access: undefined } };
  }
}

const exchanged = z.object({ access_token: z.string() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

async function exchangeOf(
  { id, secret }: { readonly id: string; readonly secret: string },
  { audience }: Scenario,
  tenant: Tenant,
): Promise<Visit> {
  const answer = await tenant.fetch("/oauth/token", {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: id,
      client_secret: secret,
      audience,
    }),
  });
  const body: unknown = await answer.json();
  if (answer.ok) {
    const access = decodeJwt(exchanged.parse(body).access_token);
    return { refusal: undefined, tokens: { id: undefined, access } };
  }
  const { error, error_description } = refused.parse(body);
  return { refusal: error_description ?? error, tokens: { id: undefined, access: undefined } };
}

const assignments = z.array(
  z.looseObject({ user_id: z.string(), role_id: z.string(), organization_id: z.string().optional() }),
);

function storedRoles(
  tenant: Prepared["tenant"],
  user: string | undefined,
  organization: string | undefined,
): readonly string[] {
  const collection = organization === undefined ? "user_roles" : "organization_member_roles";
  const held = assignments
    .parse(storedIn(tenant, collection))
    .filter((each) => each.user_id === user && each.organization_id === organization);
  return storedIn(tenant, "roles")
    .filter(({ id }) => held.some((each) => each.role_id === id))
    .map(({ name = "" }) => name)
    .sort();
}
