// Token exchange of a machine as a hook: `module.exports = function (client, scope, audience, context, cb)`. Auth0 docs:
// customize/hooks/extensibility-points/client-credentials-exchange, as of its withdrawal.
import { credentialsExchangeApi } from "../../policy/apis.ts";
import type { Denial } from "../../policy/effects.ts";
import { type Callback, callBack } from "./call-back.ts";
import { execute, type Program } from "./execute.ts";
import type { HookContext } from "./hook-input.ts";
import { isForManagementApi, textsOf } from "./reading.ts";
import { readerOf } from "./values.ts";

type ErrorClass = new (message: string) => Error;

/** Put in front of the code by Auth0's compiler of hooks (npm auth0-ext-compilers). */
declare const InvalidScopeError: ErrorClass;
declare const InvalidRequestError: ErrorClass;
declare const ServerError: ErrorClass;

interface HookClient {
  readonly id: string;
  readonly name: string;
  readonly metadata?: unknown;
}

type Granted = Readonly<Record<string, unknown>> & { readonly scope: readonly string[] };

/** The hook that runs the program. Granted scopes stay: Auth0 drops all that the hook does not give back. */
export function credentialsExchangeHook(program: Program) {
  return (
    client: HookClient,
    scope: readonly string[] | undefined,
    audience: string,
    context: Pick<HookContext, "webtask">,
    callback: Callback<[Granted]>,
  ): void => callBack(exchange(program, client, scope ?? [], audience, context), callback);
}

async function exchange(
  program: Program,
  { id, name, metadata }: HookClient,
  scope: readonly string[],
  identifier: string,
  { webtask }: Pick<HookContext, "webtask">,
): Promise<[Granted]> {
  const value = readerOf(webtask.secrets);
  if (isForManagementApi(identifier, value)) return [{ scope }];
  const { effects, event } = await execute(program, {
    flow: "credentialsExchange",
    event: {
      client: { client_id: id, name, metadata: textsOf(metadata) },
      resource_server: { identifier },
      accessToken: { scope },
    },
    api: credentialsExchangeApi,
    value,
  });
  if (effects.denial) throw errorOf(effects.denial);
  return [{ ...effects.accessToken, scope: event.accessToken.scope }];
}

function errorOf({ code, reason }: Denial): Error {
  if (code === "invalid_scope") return new InvalidScopeError(reason);
  if (code === "invalid_request") return new InvalidRequestError(reason);
  return new ServerError(reason);
}
