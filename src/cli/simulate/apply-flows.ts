// Puts the code of a plan's flows into a tenant in memory.
import { z } from "zod";
import type { Tenant } from "../../../tenant/index.ts";
import type { FlowPlan, Plan, PlannedValue } from "../../model/plan.ts";
import type { Applied } from "./apply-access.ts";
import { type Manage, storedIn } from "./management.ts";

const created = z.object({ id: z.string() });

/** What a secret of the stack is in a simulation: nobody here can decrypt the real one. */
export const madeUpSecret = "made up for this simulation";

/** Puts the code of the flows into a tenant that has none of ours. */
export async function applyFlows(plan: Plan, applied: Applied, manage: Manage): Promise<void> {
  for (const flow of plan.flows) {
    const values = flow.values.map((value) => [value.key, textOf(value, applied)] as const);
    const apply = { hook: applyHook, rule: applyRule, action: applyAction }[flow.lane];
    await apply(flow, values, manage);
  }
}

/** Removes the code that an earlier `up` has put there, of both lanes: by the names that `plan` gives. */
export async function removeFlows(tenant: Tenant, manage: Manage): Promise<void> {
  const own = (collection: "hooks" | "rules" | "actions") =>
    storedIn(tenant, collection).filter(({ name }) => name?.startsWith("Rolebook "));
  for (const { id } of own("hooks")) await manage("DELETE", `/hooks/${id}`);
  for (const { id } of own("rules")) await manage("DELETE", `/rules/${id}`);
  for (const { id } of own("actions")) await manage("DELETE", `/actions/actions/${id}?force=true`);
}

type Values = readonly (readonly [key: string, value: string])[];

async function applyHook(flow: FlowPlan, values: Values, manage: Manage): Promise<void> {
  const { id } = created.parse(
    await manage("POST", "/hooks", {
      name: flow.displayName,
      triggerId: flow.trigger.id,
      script: flow.code,
      dependencies: Object.fromEntries(flow.dependencies.map(({ name, version }) => [name, version])),
      enabled: true,
    }),
  );
  if (values.length > 0) await manage("POST", `/hooks/${id}/secrets`, Object.fromEntries(values));
}

async function applyRule(flow: FlowPlan, values: Values, manage: Manage): Promise<void> {
  for (const [key, value] of values) await manage("PUT", `/rules-configs/${key}`, { value });
  await manage("POST", "/rules", { name: flow.displayName, script: flow.code, enabled: true });
}

async function applyAction(flow: FlowPlan, values: Values, manage: Manage): Promise<void> {
  const { id } = created.parse(
    await manage("POST", "/actions/actions", {
      name: flow.displayName,
      supported_triggers: [flow.trigger],
      runtime: "node22",
      code: flow.code,
      dependencies: flow.dependencies,
      secrets: values.map(([name, value]) => ({ name, value })),
    }),
  );
  await manage("GET", `/actions/actions/${id}`); // builds it
  await manage("POST", `/actions/actions/${id}/deploy`);
  const { before, after } = flow.externalActions;
  const path = `/actions/triggers/${flow.trigger.id}/bindings`;
  const { bindings } = z
    .object({ bindings: z.array(z.object({ action: z.object({ id: z.string(), name: z.string() }) })) })
    .parse(await manage("GET", path));
  const bound = (names: readonly string[]) => bindings.filter(({ action }) => names.includes(action.name));
  await manage("PATCH", path, {
    bindings: [
      ...bound(before).map(({ action }) => action),
      { id, name: flow.displayName },
      ...bound(after).map(({ action }) => action),
    ].map((action) => ({ ref: { type: "action_id", value: action.id }, display_name: action.name })),
  });
}

function textOf(value: PlannedValue, { roles, clients }: Applied): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "secret":
      return madeUpSecret;
    case "role-id":
      return roles.get(value.role) ?? "";
    case "client-id":
      return clients.get(value.client)?.id ?? "";
    case "client-secret":
      return clients.get(value.client)?.secret ?? "";
  }
}
