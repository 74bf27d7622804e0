// Before registration as a hook: `module.exports = function (user, context, cb)`. Auth0 docs:
// customize/hooks/extensibility-points/pre-user-registration, as of its withdrawal.
import { preUserRegistrationApi } from "../../policy/apis.ts";
import { type Callback, callBack } from "./call-back.ts";
import { execute, type Program } from "./execute.ts";
import { type HookContext, type HookUser, placeOf, userOf } from "./hook-input.ts";
import { readerOf } from "./values.ts";

/** Put in front of the code by Auth0's compiler of hooks (npm auth0-ext-compilers). */
declare const PreUserRegistrationError: new (reason: string, userMessage: string) => Error;

type Result = { readonly user: Readonly<Record<"app_metadata" | "user_metadata", object>> };

/** The hook that runs the program. The user is stored with the metadata it calls back with. */
export function preUserRegistrationHook(program: Program) {
  return (user: HookUser, context: HookContext, callback: Callback<[Result]>): void =>
    callBack(registering(program, user, context), callback);
}

async function registering(program: Program, user: HookUser, context: HookContext): Promise<[Result]> {
  const { effects, event } = await execute(program, {
    flow: "preUserRegistration",
    event: { user: userOf(user), ...placeOf(context) },
    api: preUserRegistrationApi,
    value: readerOf(context.webtask.secrets),
  });
  const { denial } = effects;
  if (denial) throw new PreUserRegistrationError(denial.reason, denial.userMessage);
  const { app_metadata, user_metadata } = event.user;
  return [{ user: { app_metadata, user_metadata } }];
}
