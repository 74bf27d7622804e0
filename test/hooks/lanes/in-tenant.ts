// Runs a case's flow in each lane: as source in this process, and built, inside the tenant's runtime.
import { createHmac } from "node:crypto";
import { callsOf } from "../../../src/bundle/runtime/management.ts";
import { fetchJsonWithin } from "../../../src/bundle/runtime/other-hosts.ts";
import { sender } from "../../../src/bundle/runtime/request.ts";
import { readerOf } from "../../../src/bundle/runtime/values.ts";
import type { Bundle } from "../../../src/model/bundles.ts";
import type { FlowName, Lane } from "../../../src/model/flows.ts";
import { managementOperations } from "../../../src/model/operations.ts";
import type { CredentialsExchangeEvent, Events, LoginEvent } from "../../../src/policy/events.ts";
import { eventOf, runFlow, sampleEvents } from "../../../src/policy/testing.ts";
import type { Execution } from "../../../tenant/runtime/index.ts";
import { roleNames, tables } from "../access.ts";
import {
  aTime,
  type Case,
  type LaneName,
  type Outcome,
  type Steps,
  stageValues,
  type Table,
} from "../cases.ts";
import { actionInput, hookInput, ruleInput } from "../inputs.ts";
import { type Stored, type World, withKeys } from "../world.ts";
import { build, valuesFor } from "./index.ts";

/** What the case must come to in that lane; undefined if the lane cannot run it. */
export function expectedOf({ out, differs }: Case, lane: LaneName): Outcome | undefined {
  const difference = differs?.[lane];
  return difference ? difference.out : out;
}

/** What the case comes to in that lane. */
export async function outcomeOf(table: Table, each: Case, lane: LaneName, world: World): Promise<Outcome> {
  const values = { ...stageValues, sellerApi: world.companyUrl(each.company) };
  const given = eventOf(table.flow, each.comes ?? {});
  const event = lane === "source" ? given : withIds(given, world);
  const run = { flow: table.flow, steps: each.steps ?? table.steps, event };
  const { result, calls, stored } = await world.watch(each, () => {
    world.runtime.forget();
    if (lane === "source") return runSource(run, values, world);
    return runBuilt(run, values, world, lane === "action" ? "action" : ruleOrHook(table.flow));
  });
  const { denied, scopes, ...effects } = result;
  const metadata = denied === undefined ? storedBy(stored, run.event) : {};
  const isNarrowed = scopes && JSON.stringify(scopes) !== JSON.stringify(grantedTo(run.event));
  const outcome = happened({
    ...(denied === undefined ? { ...effects, ...metadata } : { denied, console: effects.console ?? [] }),
    ...(isNarrowed && { scopes }),
    calls,
  });
  return comparable(outcome, world);
}

const ruleOrHook = (flow: FlowName): Lane => (flow === "login" ? "rule" : "hook");

interface Run {
  readonly flow: FlowName;
  readonly steps: Steps<FlowName>;
  readonly event: Events[FlowName];
}

type Values = Readonly<Record<string, string>>;

async function runSource({ flow, steps, event }: Run, values: Values, world: World): Promise<Outcome> {
  const timeLeft = () => 15_000;
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => lines.push(line);
  const value = readerOf({
    ROLEBOOK_TENANT_DOMAIN: world.tenant.domain,
    ROLEBOOK_CLIENT_ID: world.policiesClient.client_id,
    ROLEBOOK_CLIENT_SECRET: world.policiesClient.client_secret,
  });
  const call = callsOf(operations, { value, cache: undefined, timeLeft }, sender(timeLeft));
  const { error, denial, removedScopes, ...effects } = await runFlow(
    flow,
    steps.map(([, step]) => step),
    partsOf(flow, event) as never, // whole, which is more than parts
    {
      values,
      roleNames,
      ...tables,
      // The source knows roles by the ids that tests give them.
      management: (operation, input) => call(operation, withIds(input, world)),
      fetchJson: fetchJsonWithin(timeLeft),
      timeLeft,
    },
  );
  console.warn = warn;
  const granted = grantedTo(event);
  return {
    ...(error !== undefined && { denied: error }),
    ...(denial && { denied: denial.reason }),
    accessToken: effects.accessToken,
    idToken: effects.idToken,
    appMetadata: effects.appMetadata,
    userMetadata: effects.userMetadata,
    ...(granted && { scopes: granted.filter((scope) => !removedScopes.includes(scope)) }),
    console: lines,
  };
}

/** The event as parts of one: what it lacks, the sample event must not add. */
function partsOf(flow: FlowName, event: Events[FlowName]): object {
  const parts = Object.entries(sampleEvents[flow]).map(([name, part]) => [
    name,
    { ...Object.fromEntries(Object.keys(part).map((key) => [key, undefined])), ...Object(event)[name] },
  ]);
  return { ...event, ...Object.fromEntries(parts) };
}

const operations = Object.fromEntries(
  Object.entries(managementOperations).map(([name, { method, path, repeatable }]) => [
    name,
    [method, path, repeatable] as const,
  ]),
);

function withIds<Input>(input: Input, { roleIds }: World): Input {
  const text = JSON.stringify(input).replace(/"rol_(\w+)"/g, (found, key) =>
    roleIds[key] ? JSON.stringify(roleIds[key]) : found,
  );
  return JSON.parse(text) as Input;
}

const bundles = new Map<Steps<FlowName>, Map<Lane, Bundle>>();

/** Each distinct flow is built once. */
function bundleOf({ flow, steps }: Run, lane: Lane): Bundle {
  const built = bundles.get(steps) ?? new Map<Lane, Bundle>();
  bundles.set(steps, built);
  const files = steps.map(([policy, step]) => [fileOf(policy), step] as const);
  const bundle = built.get(lane) ?? build({ flow, steps: files }, lane);
  built.set(lane, bundle);
  return bundle;
}

const fileOf = (policy: string) => (policy.includes("/") ? policy : `hooks/${policy}.ts`);

async function runBuilt(run: Run, stage: Values, world: World, lane: Lane): Promise<Outcome> {
  const { tenant, runtime, policiesClient } = world;
  const bundle = bundleOf(run, lane);
  const own = {
    ROLEBOOK_TENANT_DOMAIN: tenant.domain,
    ROLEBOOK_CLIENT_ID: policiesClient.client_id,
    ROLEBOOK_CLIENT_SECRET: policiesClient.client_secret,
  };
  const values = valuesFor(bundle, stage, own, world.roleIds);
  const { code, dependencies } = bundle;
  if (lane === "rule") {
    const { user, context } = ruleInput(run.event as LoginEvent);
    const globals = {
      accessToken: world.rulesToken,
      domain: tenant.domain,
      baseUrl: `https://${tenant.domain}/api/v2`,
      configuration: values,
    };
    const rules = [{ name: "rule", script: code }];
    return read(
      await runtime.runRules(rules, asJson(user), asJson(context), globals),
      ({ context }) => context,
    );
  }
  const trigger = triggers[run.flow];
  if (lane === "hook") {
    const input = hookInput(run.flow as Parameters<typeof hookInput>[0], run.event); // logins have no hook
    const hook = { name: "hook", trigger, script: code, secrets: values, dependencies } as const;
    const execution = await runtime.runHook(hook as never, asJson(input)); // no hook is of a login
    return read(execution, (value) => hookOutcome(value as HookResult | null, run));
  }
  const action = { name: "action", code, secrets: values, dependencies };
  const event = run.flow === "login" ? actionInput(run.event as LoginEvent) : run.event;
  return read(await runtime.runActions(trigger, [action], asJson(event)), (effects) => {
    const outcome: Record<string, Record<string, unknown>> = {};
    let denied: string | undefined;
    for (const effect of effects) {
      if (effect.type === "access.deny") denied = effect.reason;
      const part = parts[effect.type];
      if (part && "value" in effect) outcome[part] = { ...outcome[part], [effect.name]: effect.value };
    }
    return { ...outcome, ...(denied !== undefined && { denied }) };
  });
}

const triggers = {
  preUserRegistration: "pre-user-registration",
  postUserRegistration: "post-user-registration",
  credentialsExchange: "credentials-exchange",
  login: "post-login",
} as const;

/** Where an outcome has what an action asks for. */
const parts: Readonly<Record<string, keyof Outcome>> = {
  "accessToken.setCustomClaim": "accessToken",
  "idToken.setCustomClaim": "idToken",
  "user.setAppMetadata": "appMetadata",
  "user.setUserMetadata": "userMetadata",
};

type HookResult = Readonly<Record<string, unknown>> & {
  readonly scope?: readonly string[];
  readonly user?: Readonly<Record<"app_metadata" | "user_metadata", Readonly<Record<string, unknown>>>>;
};

function hookOutcome(result: HookResult | null, { flow, event }: Run): Outcome {
  const { scope, user, ...claims } = result ?? {};
  if (flow === "credentialsExchange") return { accessToken: claims, scopes: scope ?? [] };
  if (!user) return {};
  const { app_metadata, user_metadata } = (event as Events["preUserRegistration"]).user;
  return {
    appMetadata: changes(app_metadata, user.app_metadata),
    userMetadata: changes(user_metadata, user.user_metadata),
  };
}

function changes(before: unknown, after: Readonly<Record<string, unknown>>) {
  const known = Object(before) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(known[key]) !== JSON.stringify(value)),
  );
}

function read<Value>(execution: Execution<Value>, effects: (value: Value) => object): Outcome {
  const { result } = execution;
  const console = execution.console.map(({ text }) => text);
  return result.ok ? { ...effects(result.value), console } : { denied: result.failure.message, console };
}

/** What rules have stored: all of it in one call for each kind of metadata, for this user. */
function storedBy(stored: readonly Stored[], event: Events[FlowName]): Outcome {
  const outcome: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const { id, app_metadata, user_metadata } of stored) {
    const changed = { ...(app_metadata && { app_metadata }), ...(user_metadata && { user_metadata }) };
    for (const [part, value] of Object.entries(changed)) {
      const name = part === "app_metadata" ? "appMetadata" : "userMetadata";
      if (outcome[name] || id !== (event as LoginEvent).user.user_id)
        throw new Error(`${part} is stored twice, or of a stranger`);
      outcome[name] = value;
    }
  }
  return outcome;
}

function grantedTo(event: Events[FlowName]): readonly string[] | undefined {
  return (event as Partial<CredentialsExchangeEvent>).accessToken?.scope;
}

/** What a token of ten minutes says, if it is signed with the stack's key. */
function signedIn(token: string): object {
  const [head, body, signature] = token.split(".");
  const expected = createHmac("sha256", stageValues.chatKey).update(`${head}.${body}`).digest("base64url");
  const { iat, exp, ...said } = JSON.parse(Buffer.from(body ?? "", "base64url").toString());
  return signature === expected && exp - iat === 600 ? said : { forged: token };
}

/** What is another in each run, by what cases call it. */
function comparable(outcome: Outcome, world: World): Outcome {
  const text = JSON.stringify(outcome)
    .replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, JSON.stringify(aTime))
    .replace(/"(eyJ[\w-]+\.[\w-]+\.[\w-]+)"/g, (_, token) => JSON.stringify(signedIn(token)))
    .replaceAll(world.tenant.domain, "<company>")
    .replaceAll(world.closed, "<company>");
  return JSON.parse(withKeys(text, world.roleIds)) as Outcome;
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

const outcomeKeys = [
  "denied",
  "accessToken",
  "idToken",
  "appMetadata",
  "userMetadata",
  "scopes",
  "calls",
  "console",
] as const;

/** Leaves out what did not happen. */
function happened(outcome: Outcome): Outcome {
  const entries = outcomeKeys.flatMap((key) => {
    const value = outcome[key];
    const isThere = typeof value === "string" || key === "scopes" || Object.keys(value ?? {}).length > 0;
    return value !== undefined && isThere ? [[key, value]] : [];
  });
  return asJson(Object.fromEntries(entries)) as Outcome;
}
