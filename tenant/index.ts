import { launch } from "./launch.ts";
import type { TenantOptions } from "./options.ts";
import type { Tenant } from "./tenant.ts";

export type { Call } from "./call-log.ts";
export type { LogEntry } from "./entities.ts";
export { TenantError } from "./errors.ts";
export type { Fault } from "./faults.ts";
export type { Front, TenantOptions } from "./options.ts";
export { type PlanName, plans } from "./plans.ts";
export type { StoreDump } from "./store.ts";
export type { Tenant };

/**
 * Starts a tenant. Throws a `TenantError` whose message says the way out: the port is taken or forbidden, the state
 * directory is not writable, in use, damaged, of a newer tenant or of another program, a signing key is none.
 */
export function createTenant(options: TenantOptions = {}): Promise<Tenant> {
  return launch(options);
}
