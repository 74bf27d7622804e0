import type { TenantContext } from "../context.ts";
import type { TokenCustomizations } from "../login-entities.ts";
import type { ActionEffect } from "../runtime/index.ts";
import { OAuthError } from "./errors.ts";
import type { Login } from "./login.ts";
import type { Parameters } from "./request.ts";

/** Milliseconds that a person may stay away: three days. */
const LIFETIME = 3 * 24 * 60 * 60 * 1000;

/** What policies had done to a login when one of them sent its person away, and where they go on. */
export type Resumed =
  /** All rules run again; what they had set before is lost. */
  | { readonly stage: "rules" }
  /** The action of this name continues, then those behind it run. */
  | {
      readonly stage: "actions";
      readonly by: string;
      readonly fromRules: TokenCustomizations;
      readonly effects: readonly ActionEffect[];
    };

/** A login that waits for its person to come back to /continue. */
export interface WaitingLogin {
  readonly sessionId: string;
  readonly parameters: Parameters;
  readonly resumed: Resumed;
  readonly expiresAt: number;
}

/** Thrown through a login that a policy interrupts: the browser is to go to `url`. */
export class LoginRedirect extends Error {
  readonly url: string;

  constructor(url: string) {
    super("a policy sends the person elsewhere");
    this.url = url;
  }
}

// Not in the store: a login that nobody has finished is forgotten with the process.
const waitingLogins = new WeakMap<TenantContext, Map<string, WaitingLogin>>();

/**
 * Interrupts a login: keeps it, and gives the error that sends its person to `target`, with `state`. Where there is no
 * browser to send, or it must not show anything, that is `interaction_required`.
 */
export function redirectLogin(
  context: TenantContext,
  login: Login,
  target: string,
  resumed: Resumed,
): LoginRedirect | OAuthError {
  const { sessionId, parameters, protocol } = login;
  const silent = parameters.prompt?.split(" ").includes("none");
  if (protocol !== "oidc-basic-profile" || sessionId === undefined || silent || !URL.canParse(target))
    return new OAuthError(403, "interaction_required", "A policy wants to send the user to another page");
  const state = context.ids.secret(32);
  const waiting = waitingLogins.get(context) ?? new Map<string, WaitingLogin>();
  waitingLogins.set(context, waiting);
  const expiresAt = context.clock.now() + LIFETIME;
  waiting.set(state, { sessionId, parameters, resumed, expiresAt });
  const url = new URL(target);
  url.searchParams.set("state", state);
  return new LoginRedirect(url.href);
}

/** The login that waits under a state, which is good for one return, in the browser that has its session. */
export function takeWaitingLogin(
  context: TenantContext,
  state: string | undefined,
  sessionId: string | undefined,
): WaitingLogin | undefined {
  const waiting = waitingLogins.get(context);
  const found = state === undefined ? undefined : waiting?.get(state);
  if (!found || state === undefined || found.sessionId !== sessionId) return undefined;
  waiting?.delete(state);
  return found.expiresAt > context.clock.now() ? found : undefined;
}
