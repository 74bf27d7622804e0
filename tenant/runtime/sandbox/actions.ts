import type { ActionEffect, ActionTrigger, Effect, Job, Scalar } from "../protocol.ts";
import { type ApiCall, createApi } from "./action-api.ts";
import { evaluateModule } from "./common-js.ts";
import type { Execution } from "./execution.ts";
import { createRequire, type PackageCode } from "./policy-require.ts";
import type { Realm } from "./realm.ts";
import { briefly } from "./rule-effects.ts";

type ActionsJob = Extract<Job, { kind: "actions" }>;

/** Name of the function that an action exports for a trigger. */
const handlerNames: Readonly<Record<ActionTrigger, string>> = {
  "post-login": "onExecutePostLogin",
  "credentials-exchange": "onExecuteCredentialsExchange",
  "pre-user-registration": "onExecutePreUserRegistration",
  "post-user-registration": "onExecutePostUserRegistration",
  "post-change-password": "onExecutePostChangePassword",
};

/** After these the rest of the actions is skipped. */
const stopping: ReadonlySet<string> = new Set(["access.deny", "validation.error", "redirect.sendUserTo"]);

/**
 * Runs actions in binding order and succeeds with the list of their effects as JSON. Each gets an event of its own with
 * its own secrets. After one that denies or redirects, the rest is skipped; what it asked for before and after that counts.
 * With a continuation, the actions in front of the one that redirected are left out, and that one continues.
 */
export async function runActions(
  job: ActionsJob,
  realm: Realm,
  execution: Execution,
  packages: PackageCode,
): Promise<void> {
  const { continuation } = job;
  const effects: ActionEffect[] = [];
  const cache = new Map(Object.entries(job.cache));
  const metadata = new Map<string, Scalar>(Object.entries(continuation?.metadata ?? {}));
  const from = continuation ? job.actions.findIndex(({ name }) => name === continuation.by) : 0;

  for (const [index, action] of job.actions.entries()) {
    if (index < from) continue;
    execution.begin(action.name);
    const event = realm.parse(job.inputJson) as Record<string, unknown>;
    event.secrets = realm.parse(JSON.stringify(action.secrets));
    const transaction = event.transaction as Record<string, unknown> | undefined;
    if (transaction !== undefined) transaction.metadata = Object.fromEntries(metadata);

    const exported = evaluateModule(realm, createRequire(realm, packages, action.packages), {
      name: `action:${action.name}`,
      code: action.code,
    }) as Record<string, unknown>;
    const continues = continuation !== undefined && index === from;
    const name = continues ? "onContinuePostLogin" : handlerNames[job.trigger];
    const handler = exported[name];
    if (continues && handler === undefined) continue;
    if (typeof handler !== "function") throw new TypeError(`exports.${name} is not a function`);
    const record = (call: ApiCall) => {
      effects.push({ ...call, by: action.name });
      execution.note(toldEffect(call));
      if (call.type !== "transaction.setMetadata") return;
      if (call.value === null) metadata.delete(call.name);
      else metadata.set(call.name, call.value);
      if (transaction !== undefined) transaction.metadata = Object.fromEntries(metadata);
    };
    await handler(event, createApi(job.trigger, { record, cache, now: job.now, event }));
    if (effects.some(({ type }) => stopping.has(type))) break;
  }
  execution.succeed(realm.stringify(effects));
}

/** The effect as people read it: without what a cache keeps, which may be a token. */
function toldEffect(call: ApiCall): Effect {
  const { type } = call;
  const told = (name: unknown, value?: unknown): Effect => ({
    type,
    name: String(name),
    ...(value !== undefined && { value: briefly(JSON.stringify(value) ?? "null") }),
  });
  switch (call.type) {
    case "access.deny":
      return told(call.reason, call.code);
    case "validation.error":
      return told(call.code, call.message);
    case "accessToken.addScope":
    case "accessToken.removeScope":
      return told(call.scope);
    case "redirect.sendUserTo":
      return told(String(call.url).replace(/[?#].*$/s, ""));
    case "cache.set":
    case "cache.delete":
      return told(call.name);
    default:
      return told(call.name, call.value);
  }
}
