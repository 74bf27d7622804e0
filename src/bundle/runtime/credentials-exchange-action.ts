// Token exchange of a machine as an action: `exports.onExecuteCredentialsExchange`. Auth0 docs:
// actions/reference/credentials-exchange.
import { credentialsExchangeApi } from "../../policy/apis.ts";
import type { CredentialsExchangeEvent } from "../../policy/events.ts";
import { type ActionApi, type ActionEvent, applyClaims, cacheOf } from "./action.ts";
import { execute, type Program } from "./execute.ts";
import { isForManagementApi, textsOf } from "./reading.ts";
import { readerOf } from "./values.ts";

type Api = ActionApi<"accessToken"> & {
  readonly access: { deny(code: string, reason: string): void };
};

/** The action that runs the program. A scope that is to go denies the exchange: the client must not ask for it. */
export function credentialsExchangeAction(program: Program) {
  return async ({ secrets, ...given }: ActionEvent<CredentialsExchangeEvent>, api: Api): Promise<void> => {
    const value = readerOf(secrets);
    if (isForManagementApi(given.resource_server.identifier, value)) return;
    const { effects } = await execute(program, {
      flow: "credentialsExchange",
      event: { ...given, client: { ...given.client, metadata: textsOf(given.client.metadata) } },
      api: credentialsExchangeApi,
      value,
      cache: cacheOf(api),
    });
    const { denial, removedScopes, accessToken } = effects;
    if (denial) api.access.deny(denial.code, denial.reason);
    else if (removedScopes.length > 0)
      api.access.deny("invalid_scope", `without ${removedScopes.join(" ")}, which actions cannot take away`);
    else applyClaims(accessToken, api.accessToken);
  };
}
