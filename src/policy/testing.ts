// `#policy/testing`: runs a policy on an event and gives back what it wants. Never part of a bundle.
import type { FlowName } from "../model/flows.ts";
import { credentialsExchangeApi, loginApi, postUserRegistrationApi, preUserRegistrationApi } from "./apis.ts";
import { dataTool } from "./data.ts";
import { type Effects, noEffects } from "./effects.ts";
import type { Events } from "./events.ts";
import { type FetchJson, fetchJsonTool } from "./fetch-json.ts";
import { type ManagementCall, managementTool } from "./management.ts";
import type { Step, StepOptions } from "./policy.ts";
import { type Occasion, type PolicyReport, type ReadyPolicy, runPolicies } from "./run.ts";
import type { GroupAccess, PermissionTable, SettingType } from "./settings.ts";

/** The parts of an event that matter; `sampleEvents` has the rest. */
export type EventParts<Flow extends FlowName> = {
  readonly [Part in keyof Events[Flow]]?: Partial<Events[Flow][Part]>;
};

/** What there is around the policies, where it matters. */
export interface Surroundings {
  /** Stage values and secrets, by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Names of roles by key; a role that is not here has its key for a name. */
  readonly roleNames?: Readonly<Record<string, string>>;
  /** What `groupTable()` and `permissionTable()` settings come to; empty unless given. */
  readonly groups?: readonly GroupAccess[];
  readonly permissions?: PermissionTable;
  /** Answers calls of the Management API; gives undefined unless told otherwise. */
  readonly management?: ManagementCall;
  /** Answers calls of other hosts; there is no answer unless told otherwise. */
  readonly fetchJson?: FetchJson;
  /** Milliseconds that are left; 15 s unless given. */
  readonly timeLeft?: () => number;
  /** Is told what each policy came to. */
  readonly watch?: (report: PolicyReport) => void;
}

/** What the policies want, and what they called to get it. `error` is the message of the one that failed. */
export interface Outcome extends Effects {
  readonly calls: readonly { readonly operation: string; readonly input: unknown }[];
  readonly error: string | undefined;
}

const newUser = { email: "ada@example.com", app_metadata: {}, user_metadata: {} };
const user = { ...newUser, user_id: "auth0|ada" };
const connection = { id: "con_1", name: "Username-Password-Authentication" };
const client = { client_id: "shop", name: "Shop", metadata: {} };

/** An ordinary event of each flow. */
export const sampleEvents: Events = {
  preUserRegistration: { user: newUser, connection, request: { geoip: {} } },
  postUserRegistration: { user, connection, request: { geoip: {} } },
  credentialsExchange: {
    client,
    resource_server: { identifier: "https://orders.example.com/" },
    accessToken: { scope: ["read:orders"] },
  },
  login: {
    user,
    authorization: { roles: [] },
    client,
    connection: { ...connection, strategy: "auth0" },
    request: { query: {}, body: {}, geoip: {} },
    stats: { logins_count: 1 },
    tenant: { id: "acme" },
    transaction: { protocol: "oidc-basic-profile" },
  },
};

const apis = {
  preUserRegistration: preUserRegistrationApi,
  postUserRegistration: postUserRegistrationApi,
  credentialsExchange: credentialsExchangeApi,
  login: loginApi,
};

/**
 * Runs the policies of a flow one after the other on a sample event in which `parts` are replaced. A role is given the id
 * `rol_<key>`.
 */
export async function runFlow<Flow extends FlowName>(
  flow: Flow,
  steps: readonly Step<Flow>[],
  parts: EventParts<Flow>,
  around: Surroundings = {},
): Promise<Outcome> {
  const calls: { operation: string; input: unknown }[] = [];
  const management: ManagementCall = async (operation, input) => {
    calls.push({ operation, input });
    return around.management?.(operation, input);
  };
  const noAnswer: FetchJson = async (url) => {
    throw new Error(`the test gives no answer of ${url}`);
  };
  const occasion: Occasion<Events[Flow]> = {
    flow,
    event: eventOf(flow, parts),
    api: apis[flow] as Occasion<Events[Flow]>["api"], // of this flow, which TypeScript loses sight of
    tools: [managementTool(management), fetchJsonTool(around.fetchJson ?? noAnswer), dataTool],
    timeLeft: around.timeLeft ?? (() => 15_000),
    watch: around.watch,
  };
  const policies = steps.flatMap(({ policy, settings: given }): readonly ReadyPolicy[] => {
    const { enabled = true, onError = "deny" } = given as StepOptions; // what flows.ts says of any policy
    if (String(plainValue(enabled, around)) === "false") return [];
    const settings = Object.entries(policy.settings).map(([name, { type }]) => [
      name,
      seen(type, given[name], around),
    ]);
    return [{ policy, settings: Object.fromEntries(settings), onError }];
  });
  try {
    const { effects } = await runPolicies<Events[Flow] & object>(policies, occasion);
    return { ...effects, calls, error: undefined };
  } catch (error) {
    return { ...noEffects(), calls, error: (error as Error).message }; // runPolicies throws errors only
  }
}

/** The sample event of the flow in which `parts` are replaced. */
export function eventOf<Flow extends FlowName>(flow: Flow, parts: EventParts<Flow>): Events[Flow] {
  const merged: Record<string, unknown> = { ...sampleEvents[flow] };
  for (const [name, part] of Object.entries(parts))
    merged[name] = { ...(merged[name] ?? {}), ...(part ?? {}) };
  return structuredClone(merged) as unknown as Events[Flow]; // same parts as the sample's
}

function seen(type: SettingType["type"], given: unknown, around: Surroundings): unknown {
  const nameOf = (key: unknown) => around.roleNames?.[String(key)] ?? String(key);
  switch (type) {
    case "role":
      return { id: `rol_${given}`, name: nameOf(given) };
    case "roleNames":
      return (given as readonly string[]).map(nameOf); // keys, says its type
    case "groupTable":
      return around.groups ?? [];
    case "permissionTable":
      return given ? (around.permissions ?? {}) : undefined;
    case "flag":
      return given ?? false;
    default:
      return plainValue(given, around);
  }
}

/** What a stage value or secret comes to; anything else as it is. */
function plainValue(given: unknown, { values = {} }: Surroundings): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const name = String(Object.values(given)[0]);
  if (values[name] === undefined) throw new Error(`the test gives no value for "${name}"`);
  return values[name];
}
