// Login as an action: `exports.onExecutePostLogin`. Auth0 docs: actions/reference/post-login.
import { loginApi } from "../../policy/apis.ts";
import type { LoginEvent } from "../../policy/events.ts";
import { type ActionApi, type ActionEvent, applyClaims, applyUserMetadata, cacheOf } from "./action.ts";
import { execute, type Program } from "./execute.ts";
import { rolesOf, textsOf, withMetadata } from "./reading.ts";
import { readerOf } from "./values.ts";

type Event = ActionEvent<Omit<LoginEvent, "authorization"> & Partial<Pick<LoginEvent, "authorization">>>;

type Api = ActionApi<"accessToken" | "idToken" | "user"> & {
  readonly access: { deny(reason: string): void };
};

/** The action that runs the program. A policy that fails denies the login, as in the rule: actions should not throw. */
export function loginAction(program: Program) {
  return async ({ secrets, ...given }: Event, api: Api): Promise<void> => {
    const { effects } = await execute(program, {
      flow: "login",
      event: {
        ...given,
        user: withMetadata(given.user),
        authorization: { roles: rolesOf(given.authorization) },
        client: { ...given.client, metadata: textsOf(given.client.metadata) },
      },
      api: loginApi,
      value: readerOf(secrets),
      cache: cacheOf(api),
    });
    if (effects.denial) {
      api.access.deny(effects.denial.reason);
      return;
    }
    applyClaims(effects.accessToken, api.accessToken);
    applyClaims(effects.idToken, api.idToken);
    applyUserMetadata(effects, api);
  };
}
