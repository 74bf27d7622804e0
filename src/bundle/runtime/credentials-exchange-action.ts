// Token exchange of a machine as an action: `exports.onExecuteCredentialsExchange`. Auth0 docs:
// actions/reference/credentials-exchange.
import { credentialsExchangeApi } from "../../policy/apis.ts";
import type { CredentialsExchangeEvent } from "../../policy/events.ts";
import { type ActionApi, type ActionEvent, applyClaims, cacheOf } from "./action.ts";
import { execute, type Program } from "./execute.ts";
import { textsOf } from "./reading.ts";
import { readerOf } from "./values.ts";

type Api = ActionApi<"accessToken"> & {
  readonly access: { deny(code: string, reason: string): void };
};

/** The action that runs the program. */
export function credentialsExchangeAction(program: Program) {
  return async ({ secrets, ...given }: ActionEvent<CredentialsExchangeEvent>, api: Api): Promise<void> => {
    const { denial, accessToken } = await execute(program, {
      flow: "credentialsExchange",
      event: { ...given, client: { ...given.client, metadata: textsOf(given.client.metadata) } },
      api: credentialsExchangeApi,
      value: readerOf(secrets),
      cache: cacheOf(api),
    });
    if (denial) api.access.deny(denial.code, denial.reason);
    else applyClaims(accessToken, api.accessToken);
  };
}
