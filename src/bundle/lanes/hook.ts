import type { FlowName } from "../../model/flows.ts";
import { type LaneForm, moduleOf, scriptFault } from "./lane.ts";

/**
 * A hook: a CommonJS module that exports one function, put behind classes of Auth0's in one scope.
 * Auth0 docs: customize/hooks, as of their withdrawal.
 */
export function hookForm(flow: Exclude<FlowName, "login">): LaneForm {
  return {
    lane: "hook",
    adapter: adapters[flow],
    ...moduleOf("module.exports"),
    maxValues: 20,
    fault: scriptFault,
  };
}

const adapters = {
  preUserRegistration: { file: "pre-user-registration-hook.ts", name: "preUserRegistrationHook" },
  postUserRegistration: { file: "post-user-registration-hook.ts", name: "postUserRegistrationHook" },
  credentialsExchange: { file: "credentials-exchange-hook.ts", name: "credentialsExchangeHook" },
};
