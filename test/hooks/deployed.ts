// An estate in whose tenant flows are deployed, with people who register and log in over HTTP.
import type { FlowName, Lane } from "../../src/model/flows.ts";
import type { Front } from "../../tenant/index.ts";
import { createEstate, type Estate } from "../support/estate.ts";
import { type Steps, stageValues } from "./cases.ts";
import { build, valuesFor } from "./lanes/index.ts";
import { createPoliciesClient, createRoles } from "./world.ts";

/** The two ways a tenant runs flows. */
export const extensibilities = ["rules and hooks", "actions"] as const;
export type Extensibility = (typeof extensibilities)[number];

export interface Deployed extends Estate {
  /** Ids of roles by key. */
  readonly roleIds: Readonly<Record<string, string>>;
  /** The grant of the policies' client: its id, and its scopes. */
  readonly grant: { readonly id: string; readonly scope: readonly string[] };
  /** Names of the roles that the user has in the tenant. */
  rolesOf(userId: string): Promise<readonly string[]>;
}

export type DeployedFlows = { readonly [Flow in FlowName]?: Steps<Flow> };

/** An estate with these flows; its tenant listens, since policies call it. */
export async function deploy(
  extensibility: Extensibility,
  flows: DeployedFlows,
  { front }: { readonly front?: Front } = {},
): Promise<Deployed> {
  const estate = await createEstate({ listen: true, ...(front && { front }) });
  const { tenant, manage } = estate;
  const roleIds = await createRoles(tenant);
  const client = await createPoliciesClient(tenant);
  const own = {
    ROLEBOOK_TENANT_DOMAIN: tenant.domain,
    ROLEBOOK_CLIENT_ID: client.client_id,
    ROLEBOOK_CLIENT_SECRET: client.client_secret,
  };
  for (const [name, steps] of Object.entries(flows)) {
    const flow = name as FlowName; // a key of DeployedFlows
    const lane: Lane = extensibility === "actions" ? "action" : flow === "login" ? "rule" : "hook";
    const files = steps.map(([policy, step]) => [`hooks/${policy}.ts`, step] as const);
    const bundle = build({ flow, steps: files as never }, lane); // of this flow, which is a key of both
    await deployers[lane](manage, flow, bundle.code, valuesFor(bundle, stageValues, own, roleIds));
  }
  const grants = await manage<(Deployed["grant"] & { client_id: string })[]>("GET", "/client-grants");
  const grant = grants.find(({ client_id }) => client_id === client.client_id);
  if (!grant) throw new Error("the policies' client has no grant");
  return {
    ...estate,
    roleIds,
    grant,
    rolesOf: async (userId) => {
      const roles = await manage<{ name: string }[]>("GET", `/users/${encodeURIComponent(userId)}/roles`);
      return roles.map(({ name }) => name);
    },
  };
}

type Deployer = (
  manage: Estate["manage"],
  flow: FlowName,
  code: string,
  values: Readonly<Record<string, string>>,
) => Promise<void>;

const triggers = {
  preUserRegistration: "pre-user-registration",
  postUserRegistration: "post-user-registration",
  credentialsExchange: "credentials-exchange",
  login: "post-login",
} as const;

/** Of our rule among others: they may stand before it and behind it. */
export const ownOrder = 10;

const deployers: Readonly<Record<Lane, Deployer>> = {
  async rule(manage, flow, script, values) {
    for (const [key, value] of Object.entries(values))
      await manage("PUT", `/rules-configs/${key}`, { value });
    await manage("POST", "/rules", { name: flow, script, enabled: true, order: ownOrder });
  },
  async hook(manage, flow, script, values) {
    const hook = { name: flow, triggerId: triggers[flow], script, enabled: true };
    const { id } = await manage<{ id: string }>("POST", "/hooks", hook);
    await manage("POST", `/hooks/${id}/secrets`, values);
  },
  async action(manage, flow, code, values) {
    const known = await manage<{ triggers: { id: string; version: string; status: string }[] }>(
      "GET",
      "/actions/triggers",
    );
    const trigger = known.triggers.find(({ id, status }) => id === triggers[flow] && status === "CURRENT");
    const { id } = await manage<{ id: string }>("POST", "/actions/actions", {
      name: flow,
      code,
      supported_triggers: [{ id: trigger?.id, version: trigger?.version }],
      secrets: Object.entries(values).map(([name, value]) => ({ name, value })),
    });
    await manage("GET", `/actions/actions/${id}`);
    await manage("POST", `/actions/actions/${id}/deploy`);
    await manage("PATCH", `/actions/triggers/${triggers[flow]}/bindings`, {
      bindings: [{ ref: { type: "action_id", value: id }, display_name: flow }],
    });
  },
};
