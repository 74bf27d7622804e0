// What policies can do, per flow, in the words of Auth0's Actions (docs: actions/reference, "API object"). Methods write
// down effects; the lane carries them out once all policies have run.

import type { RestrictedClaim } from "../model/claims.ts";
import type { FlowName } from "../model/flows.ts";
import { type Denial, denialOf, type Effects } from "./effects.ts";
import type { LoginEvent, PreUserRegistrationEvent } from "./events.ts";

interface Token {
  /** Sets a claim; Auth0 drops some names without an error, they do not type-check. */
  setCustomClaim<const Name extends string>(
    name: Name extends RestrictedClaim ? never : Name,
    value: unknown,
  ): void;
}

interface UserMetadata {
  /** Seen by policies after this one at once, stored after the last; null removes the key. */
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
  readonly accessToken: Token;
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
  event: PreUserRegistrationEvent,
  effects: Effects,
): PreUserRegistrationApi {
  return {
    access: {
      deny: (reason, userMessage) => {
        effects.denial = denialOf({ reason, userMessage });
      },
    },
    user: userMetadata(event.user, effects),
  };
}

/** The `api` after a registration: nothing can be changed but by the Management API. */
export function postUserRegistrationApi(): PostUserRegistrationApi {
  return {};
}

/** The `api` of token exchanges of machines. */
export function credentialsExchangeApi(_event: unknown, effects: Effects): CredentialsExchangeApi {
  return {
    access: {
      deny: (code, reason) => {
        effects.denial = denialOf({ code, reason });
      },
    },
    accessToken: token(effects.accessToken),
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
    user: userMetadata(event.user, effects),
    authorization: {
      addRole: (name) => {
        if (event.authorization.roles.includes(name)) return;
        event.authorization = { ...event.authorization, roles: [...event.authorization.roles, name] };
        effects.roles.push(name);
      },
    },
  };
}

function token(claims: Record<string, unknown>): Token {
  return {
    setCustomClaim: (name, value) => {
      claims[name] = value;
    },
  };
}

function userMetadata(
  user: Writable<PreUserRegistrationEvent["user"]>,
  { appMetadata, userMetadata }: Effects,
): UserMetadata {
  return {
    setAppMetadata: (key, value) => {
      appMetadata[key] = value;
      user.app_metadata = { ...user.app_metadata, [key]: value };
    },
    setUserMetadata: (key, value) => {
      userMetadata[key] = value;
      user.user_metadata = { ...user.user_metadata, [key]: value };
    },
  };
}
