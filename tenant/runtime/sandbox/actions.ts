import type { ActionEffect, ActionTrigger, Job, Scalar } from "../protocol.ts";
import { type ApiCall, createApi } from "./action-api.ts";
import { evaluateModule } from "./common-js.ts";
import type { Execution } from "./execution.ts";
import type { Realm } from "./realm.ts";

type ActionsJob = Extract<Job, { kind: "actions" }>;

/** Name of the function that an action exports for a trigger. */
const handlerNames: Readonly<Record<ActionTrigger, string>> = {
  "post-login": "onExecutePostLogin",
  "credentials-exchange": "onExecuteCredentialsExchange",
  "pre-user-registration": "onExecutePreUserRegistration",
  "post-user-registration": "onExecutePostUserRegistration",
};

/**
 * Runs actions in binding order and succeeds with the list of their effects as JSON. Each gets an event of its own with
 * its own secrets. After one that denies, the rest is skipped; what it asked for before and after denying counts.
 */
export async function runActions(job: ActionsJob, realm: Realm, execution: Execution): Promise<void> {
  const effects: ActionEffect[] = [];
  const cache = new Map(Object.entries(job.cache));
  const metadata = new Map<string, Scalar>();

  for (const action of job.actions) {
    execution.by = action.name;
    const event = realm.parse(job.inputJson) as Record<string, unknown>;
    event.secrets = realm.parse(JSON.stringify(action.secrets));
    const transaction = event.transaction as Record<string, unknown> | undefined;
    if (transaction !== undefined) transaction.metadata = Object.fromEntries(metadata);

    const exported = evaluateModule(realm, { name: `action:${action.name}`, code: action.code }) as Record<
      string,
      unknown
    >;
    const name = handlerNames[job.trigger];
    const handler = exported[name];
    if (typeof handler !== "function") throw new TypeError(`exports.${name} is not a function`);
    const record = (call: ApiCall) => {
      effects.push({ ...call, by: action.name });
      if (call.type !== "transaction.setMetadata") return;
      if (call.value === null) metadata.delete(call.name);
      else metadata.set(call.name, call.value);
      if (transaction !== undefined) transaction.metadata = Object.fromEntries(metadata);
    };
    await handler(event, createApi(job.trigger, { record, cache, now: job.now }));
    if (effects.some((effect) => effect.type === "access.deny" || effect.type === "validation.error")) break;
  }
  execution.by = undefined;
  execution.succeed(realm.stringify(effects));
}
