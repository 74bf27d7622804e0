import type { Background } from "./background.ts";
import type { CallLog } from "./call-log.ts";
import type { Clock } from "./clock.ts";
import type { Gate } from "./gate.ts";
import type { Ids } from "./ids.ts";
import type { SigningKeys } from "./keys.ts";
import type { TenantLog } from "./log.ts";
import type { Runtime } from "./runtime/index.ts";
import type { Store } from "./store.ts";

/** What every route is given: the tenant's state and everything that is not a pure function of it. */
export interface TenantContext {
  /** Host and port, such as `localhost:8443`; Auth0 would have `TENANT.eu.auth0.com`. */
  readonly domain: string;
  /** `https://DOMAIN/`, with the slash: `iss` of every token. */
  readonly issuer: string;
  /** `https://DOMAIN/api/v2/`: identifier of the Management API, `aud` of its tokens. */
  readonly managementAudience: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly keys: SigningKeys;
  /** Every request that was answered. */
  readonly calls: CallLog;
  /** The tenant's own log, which the Management API shows at `/logs`. */
  readonly log: TenantLog;
  /** What every request has to pass before it is answered: rate limits and fault scripts. */
  readonly gate: Gate;
  /** Whether a bearer token is the one that was handed in for the Management API. */
  readonly isManagementToken: (token: string) => boolean;
  /** Executes hooks, rules and actions. */
  readonly runtime: Runtime;
  /** What goes on after an answer was given: the policies after a registration. */
  readonly background: Background;
}
