import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Action, Binding } from "../policy-entities.ts";
import { versionsOf } from "./actions.ts";
import { badRequest, notFound } from "./errors.ts";
import { actionPage, listed } from "./paging.ts";
import { handlers, ok } from "./request.ts";
import { TRIGGERS, triggerToWire } from "./triggers.ts";
import { parseBody, strict } from "./validation.ts";

const replacement = strict({
  bindings: z
    .array(
      strict({
        ref: strict({ type: z.enum(["action_id", "action_name", "binding_id"]), value: z.string() }),
        display_name: z.string().optional(),
        secrets: z.array(z.looseObject({})).optional(),
      }),
    )
    .optional(),
});

type Reference = { readonly type: "action_id" | "action_name" | "binding_id"; readonly value: string };

export const bindings = handlers({
  listTriggers: () => ok({ triggers: TRIGGERS.map(triggerToWire) }),

  listBindings: ({ path, query }, context) => {
    requireTrigger(path.trigger);
    const bound = context.store.bindings.find({ trigger_id: path.trigger }, { orderBy: "position" });
    return ok(actionPage(query, "bindings", listed(bound.map((binding) => toWire(context, binding))), 100));
  },

  replaceBindings: ({ path: { trigger }, body }, context) => {
    const { bindings: wanted = [] } = parseBody(replacement, body);
    const { store, ids, clock } = context;
    requireTrigger(trigger);
    const actions = wanted.map(({ ref }) => findBindable(context, trigger, ref));
    const now = clock.iso();
    store.bindings.deleteWhere({ trigger_id: trigger });
    // Ids are new after every replacement, even of what was bound before.
    const bound = actions.map((action, position) =>
      store.bindings.insert({
        id: ids.uuid(),
        trigger_id: trigger,
        action_id: action.id,
        display_name: wanted[position]?.display_name ?? action.name,
        position,
        created_at: now,
        updated_at: now,
      }),
    );
    return ok({ bindings: bound.map((binding) => toWire(context, binding)) });
  },
});

function requireTrigger(id: string): void {
  if (!TRIGGERS.some((trigger) => trigger.id === id)) throw notFound("That trigger does not exist.");
}

/** The action that a reference names; it must be of this trigger and deployed. */
function findBindable(context: TenantContext, trigger: string, reference: Reference): Action {
  const action = resolve(context, reference);
  if (!action) throw notFound("That action does not exist.");
  if (!action.supported_triggers.some(({ id }) => id === trigger))
    throw badRequest(`The action '${action.name}' does not support the trigger '${trigger}'.`);
  if (action.deployed_version_id === undefined)
    throw badRequest(`The action '${action.name}' must be deployed before it can be bound.`);
  return action;
}

function resolve({ store }: TenantContext, { type, value }: Reference): Action | undefined {
  switch (type) {
    case "action_id":
      return store.actions.get(value);
    case "action_name":
      return store.actions.first({ name: value });
    case "binding_id": {
      const binding = store.bindings.get(value);
      return binding && store.actions.get(binding.action_id);
    }
  }
}

/** Stored → wire; the action inside always says that not all its changes are deployed. */
function toWire(context: TenantContext, binding: Binding) {
  const { id, trigger_id, action_id, display_name, created_at, updated_at } = binding;
  const action = context.store.actions.get(action_id);
  return {
    id,
    trigger_id,
    action: action && boundAction(context, action),
    display_name,
    created_at,
    updated_at,
  };
}

function boundAction(context: TenantContext, action: Action) {
  const { id, name, supported_triggers, created_at, updated_at } = action;
  const versions = versionsOf(context, action);
  return { id, name, supported_triggers, created_at, updated_at, ...versions, all_changes_deployed: false };
}
