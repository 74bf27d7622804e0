import vm from "node:vm";
import { hookInput } from "../inputs.ts";
import { type CallBundle, calledBack, nodeGlobals } from "./calling.ts";

/** Calls a hook as Auth0's compiled extension points do, with their error classes in the same scope. */
export const callHook: CallBundle = async (bundle, event, { fetch, values: secrets }) => {
  const errors = `class PreUserRegistrationError extends Error {
    constructor(message, friendlyMessage) { super(message); this.friendlyMessage = friendlyMessage; } }
    class InvalidScopeError extends Error {} class InvalidRequestError extends Error {} class ServerError extends Error {}`;
  const module = { exports: undefined as unknown };
  vm.runInNewContext(`(() => { ${errors}\n${bundle.code}\n})()`, { fetch, ...nodeGlobals, module });
  const hook = module.exports as (...values: unknown[]) => void;
  const webtask = { secrets };
  const values = hookInput(bundle.flow as Parameters<typeof hookInput>[0], event); // logins have no hook
  const context = { ...(values.at(-1) as object), webtask };
  const [error, result] = await calledBack((callback) => hook(...values.slice(0, -1), context, callback));
  if (error) return { denied: error.message };
  if (bundle.flow === "credentialsExchange") {
    const { scope, ...claims } = result as Record<string, unknown>;
    if (JSON.stringify(scope) !== JSON.stringify(values[1])) throw new Error("scopes were lost");
    return { accessToken: claims };
  }
  const stored = (result as { user?: Record<string, object> } | undefined)?.user;
  return stored ? { appMetadata: stored.app_metadata ?? {}, userMetadata: stored.user_metadata ?? {} } : {};
};
