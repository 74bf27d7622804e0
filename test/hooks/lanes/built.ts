import type { Bundle } from "../../../src/model/bundles.ts";
import type { FlowName, Lane } from "../../../src/model/flows.ts";
import type { Events, LoginEvent } from "../../../src/policy/events.ts";
import type { Execution } from "../../../tenant/runtime/index.ts";
import type { Outcome, Steps } from "../cases.ts";
import { actionInput, hookInput, ruleInput } from "../inputs.ts";
import type { World } from "../world.ts";
import { build, valuesFor } from "./index.ts";
import { asJson, ownValues, type Run, type Values } from "./run.ts";

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

/** Runs what it is built to in that lane, in the runtime of the world's tenant. */
export async function runBuilt(run: Run, stage: Values, world: World, lane: Lane): Promise<Outcome> {
  const { tenant, runtime } = world;
  const bundle = bundleOf(run, lane);
  const values = valuesFor(bundle, stage, ownValues(world), world.roleIds);
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
