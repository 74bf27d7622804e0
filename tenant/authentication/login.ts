import type { TenantContext } from "../context.ts";
import type { Client, Connection, User } from "../entities.ts";
import type { Organization } from "../organization-entities.ts";
import type { Resumed } from "./login-redirects.ts";
import type { Parameters, RequestFacts } from "./request.ts";

/** How a login came about, as `context.protocol` and `event.transaction.protocol` name it. */
export type Protocol = "oidc-basic-profile" | "oauth2-password" | "oauth2-refresh-token";

/** A person who has proven who he is, at a client: what the policies of a login are run on. */
export interface Login {
  readonly client: Client;
  readonly connection: Connection;
  readonly user: User;
  readonly protocol: Protocol;
  /** Identifier of the API that a token is asked for. */
  readonly audience: string | undefined;
  readonly requestedScopes: readonly string[];
  /** Where the login is to an organization, of which the person is a member. */
  readonly organization: Organization | undefined;
  readonly request: RequestFacts;
  /** The parameters of /authorize; empty at the token endpoint. */
  readonly parameters: Parameters;
  readonly sessionId: string | undefined;
  /** Where the login comes back from a page that a policy sent its person to. */
  readonly resumed?: Resumed | undefined;
  /** When the person proved who he is, in seconds since the epoch. */
  readonly authTime: number;
}

/** Counts an interactive login and returns the user as he then is; a refresh or a session's re-use does not count. */
export function countLogin({ store, clock }: TenantContext, user: User, request: RequestFacts): User {
  return store.users.replace({
    ...user,
    last_login: clock.iso(),
    last_ip: request.ip,
    logins_count: (user.logins_count ?? 0) + 1,
    updated_at: clock.iso(),
  });
}
