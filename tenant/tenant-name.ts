import type { TenantContext } from "./context.ts";

/** The tenant's name, `event.tenant.id`: the first part of its domain. */
export function tenantName({ domain }: TenantContext): string {
  return domain.replace(/[.:].*$/, "");
}
