/** What the tenant makes of the options of a connection, whatever its strategy: computed, hidden, not kept. */
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { completedOptions } from "./connection-strategies.ts";
import { isObject } from "./json.ts";
import { withoutNulls } from "./patch.ts";
import { computedScope, isSocial } from "./social-scopes.ts";

/** Options as they are stored: those sent, completed; `old` are those that an update replaces. */
export function connectionOptions(
  context: TenantContext,
  strategy: string,
  sent: JsonObject,
  old?: JsonObject,
): JsonObject {
  const kept = isSocial(strategy) ? withoutNulls(sent) : sent;
  const options = completedOptions(context, strategy, hideConfiguration(context, kept), old);
  const scope = computedScope(strategy, options);
  return scope === undefined ? options : { ...options, scope };
}

/** The options that a social provider does not have: the answer to a write shows them, as null, and nothing later. */
export const echoedOptions = (strategy: string, sent: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(sent).filter(([, value]) => value === null && isSocial(strategy)));

/** Settings of custom database scripts never come back in clear, and newly encrypted after each write. */
function hideConfiguration({ ids }: TenantContext, options: JsonObject): JsonObject {
  if (!isObject(options.configuration)) return options;
  const names = Object.keys(options.configuration);
  return { ...options, configuration: Object.fromEntries(names.map((name) => [name, ids.secret(96)])) };
}
