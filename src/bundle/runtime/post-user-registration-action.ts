// After registration as an action: `exports.onExecutePostUserRegistration`. Auth0 docs:
// actions/reference/post-user-registration.
import { postUserRegistrationApi } from "../../policy/apis.ts";
import type { PostUserRegistrationEvent } from "../../policy/events.ts";
import { type ActionApi, type ActionEvent, cacheOf } from "./action.ts";
import { execute, type Program } from "./execute.ts";
import { withMetadata } from "./reading.ts";
import { readerOf } from "./values.ts";

/** The action that runs the program. Throws if a policy fails: there is nothing to deny, but Auth0 logs it. */
export function postUserRegistrationAction(program: Program) {
  return async (
    { secrets, ...given }: ActionEvent<PostUserRegistrationEvent>,
    api: ActionApi,
  ): Promise<void> => {
    const { effects } = await execute(program, {
      flow: "postUserRegistration",
      event: { ...given, user: withMetadata(given.user) },
      api: postUserRegistrationApi,
      value: readerOf(secrets),
      cache: cacheOf(api),
    });
    if (effects.denial) throw new Error(effects.denial.reason);
  };
}
