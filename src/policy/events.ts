// What has happened, per flow, in the words of Auth0's Actions (docs: actions/reference, "event object"), whatever the
// lane. Differences: metadata and `authorization` are always there, secrets never are. Only what every lane knows is here.
import type { FlowName } from "../model/flows.ts";

/** Anyone may have put anything into metadata: check before use. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Somebody who signs up. There is no id before registration. */
export interface NewUser {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly username?: string;
  readonly phone_number?: string;
  readonly app_metadata: Metadata;
  readonly user_metadata: Metadata;
}

export interface RegisteredUser extends NewUser {
  /** With the provider's prefix, such as `auth0|5f…`. */
  readonly user_id: string;
}

export interface LoginUser extends RegisteredUser {
  readonly name?: string;
  readonly nickname?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly picture?: string;
  /** What a directory sends as the user's groups; anything. */
  readonly groups?: unknown;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly identities?: readonly {
    readonly connection: string;
    readonly provider: string;
    readonly user_id: string;
    readonly isSocial: boolean;
  }[];
}

export interface Client {
  readonly client_id: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Connection {
  readonly id: string;
  readonly name: string;
}

export interface Geo {
  readonly countryCode?: string;
  readonly countryCode3?: string;
  readonly countryName?: string;
  readonly cityName?: string;
  readonly continentCode?: string;
  readonly subdivisionCode?: string;
  readonly subdivisionName?: string;
  readonly timeZone?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface Request {
  readonly ip?: string;
  readonly geoip: Geo;
}

export interface PreUserRegistrationEvent {
  readonly user: NewUser;
  readonly connection: Connection;
  readonly request: Request;
}

export interface PostUserRegistrationEvent {
  readonly user: RegisteredUser;
  readonly connection: Connection;
  readonly request: Request;
}

export interface CredentialsExchangeEvent {
  readonly client: Client;
  readonly resource_server: { readonly identifier: string };
  readonly accessToken: { readonly scope: readonly string[] };
}

export interface LoginEvent {
  readonly user: LoginUser;
  /** Names of the user's roles, with those that policies before this one have added. */
  readonly authorization: { readonly roles: readonly string[] };
  readonly client: Client;
  readonly connection: Connection & { readonly strategy: string };
  /** Only for logins into an organization. */
  readonly organization?: { readonly id: string; readonly name: string; readonly metadata: Metadata };
  readonly request: Request & {
    readonly hostname?: string;
    readonly user_agent?: string;
    readonly query: Metadata;
    readonly body: Metadata;
  };
  /** The API the access token is for. */
  readonly resource_server?: { readonly identifier: string };
  readonly stats: { readonly logins_count: number };
  readonly tenant: { readonly id: string };
  readonly transaction: { readonly protocol: string };
}

export interface Events extends Record<FlowName, unknown> {
  readonly preUserRegistration: PreUserRegistrationEvent;
  readonly postUserRegistration: PostUserRegistrationEvent;
  readonly credentialsExchange: CredentialsExchangeEvent;
  readonly login: LoginEvent;
}
