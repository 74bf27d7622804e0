// After registration as a hook: `module.exports = function (user, context, cb)`. Auth0 docs:
// customize/hooks/extensibility-points/post-user-registration, as of its withdrawal.
import { postUserRegistrationApi } from "../../policy/apis.ts";
import { type Callback, callBack } from "./call-back.ts";
import { execute, type Program } from "./execute.ts";
import { type HookContext, type HookUser, placeOf, userOf } from "./hook-input.ts";
import { readerOf } from "./values.ts";

type User = HookUser & { readonly id: string };

/** The hook that runs the program. An error is for Auth0's log only: nobody waits for this hook. */
export function postUserRegistrationHook(program: Program) {
  return (user: User, context: HookContext, callback: Callback<[]>): void =>
    callBack(registered(program, user, context), callback);
}

async function registered(program: Program, user: User, context: HookContext): Promise<[]> {
  const { effects } = await execute(program, {
    flow: "postUserRegistration",
    event: { user: { ...userOf(user), user_id: fullId(user.id) }, ...placeOf(context) },
    api: postUserRegistrationApi,
    value: readerOf(context.webtask.secrets),
  });
  if (effects.denial) throw new Error(effects.denial.reason);
  return [];
}

/** Hooks run for database users, and get their id without the provider. */
function fullId(id: string): string {
  return id.includes("|") ? id : `auth0|${id}`;
}
