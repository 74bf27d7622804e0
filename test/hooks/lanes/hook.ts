import vm from "node:vm";
import type { Events } from "../../../src/policy/events.ts";
import { type CallBundle, calledBack, nodeGlobals } from "./calling.ts";

/** Calls a hook as Auth0's compiled extension points do, with their error classes in the same scope. */
export const callHook: CallBundle = async (bundle, event, { fetch, values }) => {
  const errors = `class PreUserRegistrationError extends Error {
    constructor(message, friendlyMessage) { super(message); this.friendlyMessage = friendlyMessage; } }
    class InvalidScopeError extends Error {} class InvalidRequestError extends Error {} class ServerError extends Error {}`;
  const module = { exports: undefined as unknown };
  vm.runInNewContext(`(() => { ${errors}\n${bundle.code}\n})()`, { fetch, ...nodeGlobals, module });
  const hook = module.exports as (...values: unknown[]) => void;
  const webtask = { secrets: values };
  if (bundle.flow === "credentialsExchange") {
    const { client, resource_server, accessToken } = event as Events["credentialsExchange"];
    const input = { id: client.client_id, name: client.name, metadata: client.metadata };
    const [error, granted] = await calledBack((callback) =>
      hook(input, accessToken.scope, resource_server.identifier, { webtask }, callback),
    );
    if (error) return { denied: error.message };
    const { scope, ...claims } = granted as Record<string, unknown>;
    if (JSON.stringify(scope) !== JSON.stringify(accessToken.scope)) throw new Error("scopes were lost");
    return { accessToken: claims };
  }
  const { user, connection } = event as Events["postUserRegistration"];
  const [, id] = user.user_id?.split("|") ?? [];
  const input = { id, email: user.email, password: "hunter2", emailVerified: user.email_verified };
  const [error, result] = await calledBack((callback) => hook(input, { connection, webtask }, callback));
  if (error) return { denied: error.message };
  const stored = (result as { user?: Record<string, object> } | undefined)?.user;
  return stored ? { appMetadata: stored.app_metadata ?? {}, userMetadata: stored.user_metadata ?? {} } : {};
};
