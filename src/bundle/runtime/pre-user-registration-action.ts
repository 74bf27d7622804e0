// Before registration as an action: `exports.onExecutePreUserRegistration`. Auth0 docs:
// actions/reference/pre-user-registration.
import { preUserRegistrationApi } from "../../policy/apis.ts";
import type { PreUserRegistrationEvent } from "../../policy/events.ts";
import { type ActionApi, type ActionEvent, applyUserMetadata, cacheOf } from "./action.ts";
import { execute, type Program } from "./execute.ts";
import { withMetadata } from "./reading.ts";
import { readerOf } from "./values.ts";

type Api = ActionApi<"user"> & {
  readonly access: { deny(reason: string, userMessage: string): void };
};

/** The action that runs the program. */
export function preUserRegistrationAction(program: Program) {
  return async ({ secrets, ...given }: ActionEvent<PreUserRegistrationEvent>, api: Api): Promise<void> => {
    const { effects } = await execute(program, {
      flow: "preUserRegistration",
      event: { ...given, user: withMetadata(given.user) },
      api: preUserRegistrationApi,
      value: readerOf(secrets),
      cache: cacheOf(api),
    });
    if (effects.denial) api.access.deny(effects.denial.reason, effects.denial.userMessage);
    else applyUserMetadata(effects, api);
  };
}
