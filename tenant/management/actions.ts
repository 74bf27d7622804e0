import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { TenantContext } from "../context.ts";
import type { Action, ActionCode, ActionSecret, ActionVersion } from "../policy-entities.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { actionPage, listed } from "./paging.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { RUNTIMES, TRIGGERS } from "./triggers.ts";
import { parseBody, strict } from "./validation.ts";

const secret = strict({ name: z.string().min(1), value: z.string().optional() });
const fields = {
  name: z.string().min(1),
  supported_triggers: z
    .array(z.looseObject({ id: z.enum(TRIGGERS.map(({ id }) => id)), version: z.string().optional() }))
    .min(1),
  code: z.string(),
  dependencies: z.array(
    strict({ name: z.string().min(1), version: z.string().min(1), registry_url: z.string().optional() }),
  ),
  runtime: z.enum(RUNTIMES),
  secrets: z.array(secret),
};
const change = strict(fields).partial();
const creation = change
  .required({ name: true, supported_triggers: true })
  .extend({ deploy: z.boolean().optional() });

type Change = z.infer<typeof change>;

export const actions = handlers({
  listActions: ({ query }, context) => {
    const matching = context.store.actions
      .find(query.actionName === undefined ? {} : { name: query.actionName })
      .filter(
        ({ supported_triggers: [trigger] }) =>
          query.triggerId === undefined || trigger?.id === query.triggerId,
      )
      .filter(
        (action) => query.deployed === undefined || String(action.all_changes_deployed) === query.deployed,
      );
    const wire = matching.map((action) => toWire(context, finishBuild(context, action)));
    return ok(actionPage(query, "actions", listed(wire)));
  },

  createAction: ({ body }, context) => {
    const { deploy: deploysAtOnce, ...sent } = parseBody(creation, body);
    const { store, ids, clock } = context;
    if (store.actions.first({ name: sent.name }))
      throw conflict("An action with the same name already exists");
    const now = precise(clock);
    const empty: ActionCode = {
      code: "",
      dependencies: [],
      runtime: "node22",
      secrets: [],
      supported_triggers: [],
    };
    const draft = { id: ids.uuid(), name: sent.name, created_at: now, ...empty };
    const pending = { ...draft, status: "pending", all_changes_deployed: false, updated_at: now } as const;
    const action = store.actions.insert(changed(context, pending, sent));
    return created(toWire(context, deploysAtOnce ? deploy(context, built(action)).action : action));
  },

  getAction: ({ path }, context) => ok(toWire(context, finishBuild(context, find(context, path.id)))),

  updateAction: ({ path, body }, context) => {
    const sent = parseBody(change, body);
    const action = changed(context, find(context, path.id), sent);
    return ok(toWire(context, context.store.actions.replace(action)));
  },

  deleteAction: ({ path, query }, context) => {
    const { store } = context;
    const action = find(context, path.id);
    if (query.force !== "true" && store.bindings.first({ action_id: action.id }))
      throw conflict("This action cannot be deleted because it is bound to a trigger");
    store.bindings.deleteWhere({ action_id: action.id });
    store.action_versions.deleteWhere({ action_id: action.id });
    store.actions.delete(action.id);
    return noContent;
  },

  deployAction: ({ path }, context) => {
    const { action, version } = deploy(context, find(context, path.id));
    return ok(deploying(action, version));
  },

  listActionVersions: ({ path, query }, context) => {
    const action = find(context, path.id);
    const versions = context.store.action_versions.find({ action_id: action.id }, { newestFirst: true });
    const wire = versions.map((version) => versionToWire(version, version.id === action.deployed_version_id));
    return ok(actionPage(query, "versions", listed(wire)));
  },

  getActionVersion: ({ path }, context) => {
    const action = find(context, path.id);
    const version = findVersion(context, action, path.versionId);
    return ok(versionToWire(version, version.id === action.deployed_version_id));
  },

  deployActionVersion: ({ path }, context) => {
    const action = find(context, path.id);
    const { code, dependencies, runtime, secrets, supported_triggers } = findVersion(
      context,
      action,
      path.versionId,
    );
    // Auth0 makes a new version of the old one's code; the draft stays as it is.
    const draft = { ...built(action), code, dependencies, runtime, secrets, supported_triggers };
    const { version } = deploy(context, draft);
    const rolledBack = { ...action, deployed_version_id: version.id };
    return { status: 202, body: deploying(context.store.actions.replace(rolledBack), version) };
  },
});

/** The action with this id, or 404; unlike others it has no `errorCode`. */
function find({ store }: TenantContext, id: string): Action {
  const action = store.actions.get(id);
  if (!action) throw notFound("That action does not exist.");
  return action;
}

function findVersion({ store }: TenantContext, action: Action, id: string): ActionVersion {
  const version = store.action_versions.get(id);
  if (version?.action_id !== action.id) throw notFound("That action version does not exist.");
  return version;
}

/** The draft after an update: it has to be built and deployed again. Secrets that are named without a value keep theirs. */
function changed(
  context: TenantContext,
  action: Action,
  { secrets, supported_triggers, ...rest }: Change,
): Action {
  const now = precise(context.clock);
  const secretOf = ({ name, value }: z.infer<typeof secret>): ActionSecret => {
    const old = action.secrets.find((known) => known.name === name);
    if (value === undefined && old) return old;
    return { name, value: value ?? "", updated_at: now };
  };
  return {
    ...patched(action, rest),
    ...(supported_triggers && { supported_triggers: supported_triggers.map(withVersion) }),
    ...(secrets && { secrets: secrets.map(secretOf) }),
    status: "pending",
    all_changes_deployed: false,
    updated_at: now,
  };
}

/** Unlike all others, actions have times with nanoseconds. */
const precise = (clock: Clock) => clock.iso().replace("Z", "000000Z");

function withVersion({
  id,
  version,
  ...rest
}: {
  readonly id: string;
  readonly version?: string | undefined;
}) {
  const current = TRIGGERS.find((trigger) => trigger.id === id && trigger.status === "CURRENT");
  return { ...rest, id, version: version ?? current?.version ?? "v1" };
}

const built = (action: Action): Action => ({ ...action, status: "built" });

/**
 * Builds are done the first time somebody looks. Nothing is fetched; where the tenant knows the project's packages, a build
 * whose dependencies are not among them fails.
 */
function finishBuild({ store, runtime }: TenantContext, action: Action): Action {
  if (action.status === "built") return action;
  const status = runtime.problemsOf(action.dependencies).length === 0 ? "built" : "failed";
  return action.status === status ? action : store.actions.replace({ ...action, status });
}

/** Makes the next version of the draft, which from now on runs. */
function deploy(
  context: TenantContext,
  draft: Action,
): { readonly action: Action; readonly version: ActionVersion } {
  const { store, ids, clock, runtime: installed } = context;
  if (draft.status !== "built") {
    const problems = draft.status === "failed" ? installed.problemsOf(draft.dependencies) : [];
    const reason = ["A draft must be in the 'built' state before it can be deployed.", ...problems].join(" ");
    throw badRequest(reason, "draft_not_built");
  }
  const { code, dependencies, runtime, secrets, supported_triggers } = draft;
  const now = precise(clock);
  const version = store.action_versions.insert({
    id: ids.uuid(),
    action_id: draft.id,
    number: store.action_versions.count({ action_id: draft.id }) + 1,
    ...{ code, dependencies, runtime, secrets, supported_triggers },
    ...{ created_at: now, updated_at: now, built_at: now },
  });
  const deployed = { ...draft, all_changes_deployed: true, deployed_version_id: version.id };
  return { action: store.actions.replace(deployed), version };
}

/** What a deploy answers: the version as it was a moment before it ran. */
function deploying(action: Action, version: ActionVersion) {
  const { built_at: _, ...wire } = versionToWire(version, false);
  const { id, name, supported_triggers, created_at, updated_at } = action;
  return {
    ...wire,
    action: { id, name, supported_triggers, created_at, updated_at, all_changes_deployed: false },
  };
}

/** Stored → wire, as the action itself is shown. */
function toWire(context: TenantContext, action: Action) {
  const { deployed_version_id: _, secrets, ...rest } = action;
  const failures = rest.status === "failed" ? context.runtime.problemsOf(rest.dependencies) : [];
  return {
    ...rest,
    ...(failures.length > 0 && { errors: failures.map((msg) => ({ id: "dependency_not_installed", msg })) }),
    secrets: secrets.map(secretToWire),
    ...versionsOf(context, action),
  };
}

/** The running version twice, in full and in short, as Auth0 shows it; nothing before the first deploy. */
export function versionsOf({ store }: TenantContext, action: Action) {
  const version = action.deployed_version_id && store.action_versions.get(action.deployed_version_id);
  if (!version) return {};
  const { id, code, runtime, number, built_at, created_at, updated_at } = version;
  return {
    deployed_version: versionToWire(version, true),
    current_version: {
      id,
      code,
      runtime,
      status: "BUILT",
      number,
      build_time: built_at,
      created_at,
      updated_at,
    },
  };
}

function versionToWire({ action_id: _, secrets, ...version }: ActionVersion, deployed: boolean) {
  return { ...version, deployed, status: "built", secrets: secrets.map(secretToWire) };
}

const secretToWire = ({ name, updated_at }: ActionSecret) => ({ name, updated_at });
