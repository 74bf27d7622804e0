import type { TenantContext } from "../context.ts";
import type { ActionCode, ActionTrigger, HookCode, HookTrigger, RuleCode } from "../runtime/index.ts";

/** The enabled rules of logins, in ascending order. */
export function rulesInForce({ store }: TenantContext): RuleCode[] {
  return store.rules
    .find({ enabled: true }, { orderBy: "order" })
    .filter((rule) => rule.stage === "login_success")
    .map(({ name, script }) => ({ name, script }));
}

/** The values that rules read as `configuration`. */
export function ruleConfiguration({ store }: TenantContext): Record<string, string> {
  return Object.fromEntries(store.rules_configs.find().map(({ key, value }) => [key, value]));
}

/** The enabled hook of an extensibility point; if several are enabled, the oldest. */
export function hookInForce({ store }: TenantContext, trigger: HookTrigger): HookCode | undefined {
  const hook = store.hooks.find({ triggerId: trigger }).find((candidate) => candidate.enabled);
  if (!hook) return undefined;
  const { name, script, secrets } = hook;
  const dependencies = Object.entries(hook.dependencies).map(([name, version]) => ({ name, version }));
  return { name, trigger, script, secrets, dependencies };
}

/** The actions bound to a trigger, in binding order, each in its deployed version. */
export function actionsInForce({ store }: TenantContext, trigger: ActionTrigger): ActionCode[] {
  return store.bindings.find({ trigger_id: trigger }, { orderBy: "position" }).flatMap((binding) => {
    const deployed = store.actions.get(binding.action_id)?.deployed_version_id;
    const version = deployed === undefined ? undefined : store.action_versions.get(deployed);
    if (!version) return [];
    const secrets = Object.fromEntries(version.secrets.map(({ name, value }) => [name, value]));
    const { code, dependencies } = version;
    return [{ name: binding.display_name, code, secrets, dependencies }];
  });
}
