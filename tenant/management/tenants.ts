import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { selectFields } from "./paging.ts";
import { patched } from "./patch.ts";
import { handlers, ok } from "./request.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { tenantChange } from "./tenant-fields.ts";
import { parseBody } from "./validation.ts";

const PATH = "tenants/settings";

/** What a new tenant has. */
const DEFAULTS: JsonObject = {
  enabled_locales: ["en"],
  flags: {
    allow_changing_enable_sso: false,
    disable_clickjack_protection_headers: false,
    disable_impersonation: true,
    enable_sso: true,
    revoke_refresh_token_grant: false,
    universal_login: true,
  },
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  sandbox_version: "22",
  session_lifetime: 168,
  idle_session_lifetime: 72,
};

/** Objects that a PATCH merges; all others are replaced as a whole. */
const MERGED = ["flags", "change_password", "guardian_mfa_page"];

export const tenants = handlers({
  getTenantSettings: ({ query }, context) =>
    ok(selectFields(query, { ...read(context), sandbox_versions_available: ["22", "18"] })),

  updateTenantSettings: ({ body }, context) => {
    const value = patched(read(context), inHours(parseBody(tenantChange, body)), MERGED);
    return ok(writeSettings(context, PATH, value));
  },
});

const MINUTES = "_in_minutes";

/** Lifetimes of sessions may be sent in minutes, and are always shown in hours. */
const inHours = (settings: object): object =>
  Object.fromEntries(
    Object.entries<unknown>({ ...settings }).map(([name, value]) =>
      name.endsWith(MINUTES)
        ? [name.slice(0, -MINUTES.length), typeof value === "number" ? value / 60 : value]
        : [name, value],
    ),
  );

const read = (context: TenantContext): JsonObject => readSettings(context, PATH) ?? DEFAULTS;
