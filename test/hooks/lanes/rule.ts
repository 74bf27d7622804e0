import vm from "node:vm";
import type { LoginEvent } from "../../../src/policy/events.ts";
import { ruleInput } from "../inputs.ts";
import { type CallBundle, calledBack, nodeGlobals } from "./calling.ts";

/** Calls a rule as the sandbox does. */
export const callRule: CallBundle = async ({ code }, given, { fetch, values, kept }) => {
  const event = given as LoginEvent; // rules run at login only
  const stored: { appMetadata?: object; userMetadata?: object } = {};
  const auth0 = {
    users: {
      updateAppMetadata: async (id: string, changes: object) => {
        if (id !== event.user.user_id || stored.appMetadata)
          throw new Error("written twice, or to a stranger");
        stored.appMetadata = changes;
      },
      updateUserMetadata: async (_id: string, changes: object) => {
        stored.userMetadata = changes;
      },
    },
  };
  const global = Object.fromEntries(kept ?? []);
  const rule = vm.runInNewContext(`(${code}\n)`, {
    fetch,
    ...nodeGlobals,
    auth0,
    global,
    configuration: values,
  });
  const { user, context } = ruleInput(event);
  const [error, ...results] = await calledBack((callback) => rule(user, context, callback));
  for (const [key, value] of Object.entries(global)) kept?.set(key, value);
  if (error) return { denied: error.message, ...stored };
  if (results[0] !== user || results[1] !== context) throw new Error("the rule passes other objects on");
  return { ...stored, accessToken: context.accessToken, idToken: context.idToken };
};
