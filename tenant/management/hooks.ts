import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Hook } from "../policy-entities.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { listed, page, selectFields } from "./paging.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

/** Letters and digits, with spaces and dashes between them: names of hooks and rules. */
export const scriptName = z.string().regex(/^[a-zA-Z0-9]([ \-a-zA-Z0-9]*[a-zA-Z0-9])?$/);

const changeable = {
  name: scriptName,
  script: z.string().min(1),
  dependencies: z.record(z.string(), z.string()),
  enabled: z.boolean(),
};
const creation = strict({
  ...changeable,
  triggerId: z.enum([
    "credentials-exchange",
    "pre-user-registration",
    "post-user-registration",
    "post-change-password",
    "send-phone-message",
  ]),
  dependencies: changeable.dependencies.optional(),
  enabled: changeable.enabled.optional(),
});
const change = strict(changeable).partial();
const secrets = z.record(z.string().min(1), z.string());
const secretNames = z.array(z.string().min(1));

const MOST_SECRETS = 20;

export const hooks = handlers({
  listHooks: ({ query }, { store }) => {
    const hooks = store.hooks
      .find()
      .filter((hook) => query.triggerId === undefined || hook.triggerId === query.triggerId)
      .filter((hook) => query.enabled === undefined || String(hook.enabled) === query.enabled);
    // Scripts are read one by one.
    return ok(page(query, "hooks", listed(hooks.map((hook) => selectFields(query, withoutScript(hook))))));
  },

  createHook: ({ body }, context) => {
    const { name, script, triggerId, dependencies = {}, enabled = false } = parseBody(creation, body);
    refuseTakenName(context, name);
    const id = context.ids.ulid(context.clock.now());
    const hook = { id, name, script, dependencies, triggerId, enabled, secrets: {} };
    return created(toWire(enforceSingle(context, context.store.hooks.insert(hook))));
  },

  getHook: ({ path, query }, context) => ok(selectFields(query, toWire(find(context, path.id)))),

  updateHook: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const hook = find(context, path.id);
    if (fields.name !== undefined && fields.name !== hook.name) refuseTakenName(context, fields.name);
    return ok(toWire(enforceSingle(context, context.store.hooks.replace(patched(hook, fields)))));
  },

  deleteHook: ({ path }, { store }) => {
    store.hooks.delete(path.id);
    return noContent;
  },

  getHookSecrets: ({ path }, context) => {
    const names = Object.keys(find(context, path.id).secrets);
    return ok(Object.fromEntries(names.map((name) => [name, "_VALUE_NOT_SHOWN_"])));
  },

  addHookSecrets: ({ path, body }, context) => setSecrets(context, path.id, parseBody(secrets, body)),

  updateHookSecrets: ({ path, body }, context) => setSecrets(context, path.id, parseBody(secrets, body)),

  removeHookSecrets: ({ path, body }, context) => {
    const names = new Set(parseBody(secretNames, body));
    const hook = find(context, path.id);
    const kept = Object.entries(hook.secrets).filter(([name]) => !names.has(name));
    context.store.hooks.replace({ ...hook, secrets: Object.fromEntries(kept) });
    return noContent;
  },
});

/** Stored → wire: without the secrets. */
function toWire({ secrets: _, ...hook }: Hook) {
  return hook;
}

function withoutScript(hook: Hook) {
  const { script: _, ...rest } = toWire(hook);
  return rest;
}

function find({ store }: TenantContext, id: string): Hook {
  const hook = store.hooks.get(id);
  if (!hook) throw notFound("The hook does not exist", "inexistent_hook");
  return hook;
}

function refuseTakenName({ store }: TenantContext, name: string): void {
  if (store.hooks.first({ name })) throw conflict(`A hook with the name '${name}' already exists`);
}

/** One hook per extensibility point is active: enabling one disables the others. */
function enforceSingle({ store }: TenantContext, hook: Hook): Hook {
  if (hook.enabled)
    for (const other of store.hooks.find({ triggerId: hook.triggerId }))
      if (other.id !== hook.id && other.enabled) store.hooks.replace({ ...other, enabled: false });
  return hook;
}

function setSecrets(context: TenantContext, id: string, added: Readonly<Record<string, string>>) {
  const hook = find(context, id);
  const all = { ...hook.secrets, ...added };
  if (Object.keys(all).length > MOST_SECRETS)
    throw badRequest(`A hook can have at most ${MOST_SECRETS} secrets`);
  context.store.hooks.replace({ ...hook, secrets: all });
  return created({});
}
