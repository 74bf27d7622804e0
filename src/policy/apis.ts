// What policies can do, per flow, in the words of Auth0's Actions (docs: actions/reference, "API object"). Methods write
// down effects; the lane carries them out once all policies have run.

import type { RestrictedClaim } from "../model/claims.ts";
import type { FlowName } from "../model/flows.ts";
import { type Denial, denialOf, type Effects } from "./effects.ts";
import type { CredentialsExchangeEvent, LoginEvent, PreUserRegistrationEvent } from "./events.ts";
import { asJson, frozen } from "./json.ts";

interface Token {
  /**
   * Sets a claim, as its value is now; one that JSON has no word for, such as undefined, changes nothing. Auth0 drops some
   * names without an error, they do not type-check.
   */
  setCustomClaim<const Name extends string>(
    name: Name extends RestrictedClaim ? never : Name,
    value: unknown,
  ): void;
}

interface UserMetadata {
  /** Seen by policies after this one at once, stored after the last; null removes the key, undefined changes nothing. */
  setAppMetadata(key: string, value: unknown): void;
  setUserMetadata(key: string, value: unknown): void;
}

export interface PreUserRegistrationApi {
  readonly access: { deny(reason: string, userMessage: string): void };
  readonly user: UserMetadata;
}

export type PostUserRegistrationApi = Readonly<Record<never, never>>;

export interface CredentialsExchangeApi {
  readonly access: { deny(code: Denial["code"], reason: string): void };
  readonly accessToken: Token & {
    /** Ours: takes a scope from the token. Actions cannot: there the exchange is denied instead. */
    removeScope(name: string): void;
  };
}

export interface LoginApi {
  /** Denies the login. The policy runs on until it returns; policies after it do not run. */
  readonly access: { deny(reason: string): void };
  readonly accessToken: Token;
  readonly idToken: Token;
  readonly user: UserMetadata;
  /** Ours: lets policies after this one see a role as the user's. It stores nothing. */
  readonly authorization: { addRole(name: string): void };
}

export interface Apis extends Record<FlowName, unknown> {
  readonly preUserRegistration: PreUserRegistrationApi;
  readonly postUserRegistration: PostUserRegistrationApi;
  readonly credentialsExchange: CredentialsExchangeApi;
  readonly login: LoginApi;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The `api` of sign-ups that can still be refused. */
export function preUserRegistrationApi(
  event: Writable<PreUserRegistrationEvent>,
  effects: Effects,
): PreUserRegistrationApi {
  return {
    access: {
      deny: (reason, userMessage) => {
        effects.denial = denialOf({ reason, userMessage });
      },
    },
    user: userMetadata(event, effects),
  };
}

/** The `api` after a registration: nothing can be changed but by the Management API. */
export function postUserRegistrationApi(): PostUserRegistrationApi {
  return {};
}

/** The `api` of token exchanges of machines. */
export function credentialsExchangeApi(
  event: Writable<CredentialsExchangeEvent>,
  effects: Effects,
): CredentialsExchangeApi {
  return {
    access: {
      deny: (code, reason) => {
        effects.denial = denialOf({ code, reason });
      },
    },
    accessToken: {
      ...token(effects.accessToken),
      removeScope: (name) => {
        event.accessToken = { scope: event.accessToken.scope.filter((each) => each !== name) };
        effects.removedScopes.push(name);
      },
    },
  };
}

/** The `api` of logins. */
export function loginApi(event: Writable<LoginEvent>, effects: Effects): LoginApi {
  return {
    access: {
      deny: (reason) => {
        effects.denial = denialOf({ reason });
      },
    },
    accessToken: token(effects.accessToken),
    idToken: token(effects.idToken),
    user: userMetadata(event, effects),
    authorization: {
      addRole: (name) => {
        if (event.authorization.roles.includes(name)) return;
        event.authorization = frozen({ ...event.authorization, roles: [...event.authorization.roles, name] });
        effects.roles.push(name);
      },
    },
  };
}

function token(claims: Record<string, unknown>): Token {
  return {
    setCustomClaim: (name, value) => {
      const json = asJson(value);
      if (json !== undefined) claims[name] = json;
    },
  };
}

function userMetadata(
  event: { user: PreUserRegistrationEvent["user"] },
  { appMetadata, userMetadata }: Effects,
): UserMetadata {
  const setter =
    (changes: Effects["appMetadata"], part: "app_metadata" | "user_metadata") =>
    (key: string, value: unknown): void => {
      const json = asJson(value);
      if (json === undefined) return;
      changes[key] = json;
      event.user = frozen({ ...event.user, [part]: { ...event.user[part], [key]: json } });
    };
  return {
    setAppMetadata: setter(appMetadata, "app_metadata"),
    setUserMetadata: setter(userMetadata, "user_metadata"),
  };
}
