import type { FlowName } from "../../model/flows.ts";
import { type LaneForm, moduleOf, scriptFault } from "./lane.ts";

/** An action: a CommonJS module with one export named after its moment. Auth0 docs: actions/reference. */
export function actionForm(flow: FlowName): LaneForm {
  const { handler, ...adapter } = adapters[flow];
  return { lane: "action", adapter, ...moduleOf(`exports.${handler}`), maxValues: 30, fault: scriptFault };
}

const adapters = {
  preUserRegistration: {
    handler: "onExecutePreUserRegistration",
    file: "pre-user-registration-action.ts",
    name: "preUserRegistrationAction",
  },
  postUserRegistration: {
    handler: "onExecutePostUserRegistration",
    file: "post-user-registration-action.ts",
    name: "postUserRegistrationAction",
  },
  credentialsExchange: {
    handler: "onExecuteCredentialsExchange",
    file: "credentials-exchange-action.ts",
    name: "credentialsExchangeAction",
  },
  login: { handler: "onExecutePostLogin", file: "login-action.ts", name: "loginAction" },
};
