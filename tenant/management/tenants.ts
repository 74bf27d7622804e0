import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { patched } from "./patch.ts";
import { handlers, ok } from "./request.ts";
import { readSettings, writeSettings } from "./settings.ts";
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

// Settings are stored as they come: only what tokens and logins need of them has a meaning here.
const change = z.record(z.string(), z.json());

export const tenants = handlers({
  getTenantSettings: (_, context) => ok({ ...read(context), sandbox_versions_available: ["22", "18"] }),

  updateTenantSettings: ({ body }, context) => {
    const value = patched(read(context), inHours(parseBody(change, body)), MERGED);
    return ok(writeSettings(context, PATH, value));
  },
});

const MINUTES = "_in_minutes";

/** Lifetimes of sessions may be sent in minutes, and are always shown in hours. */
const inHours = (settings: z.infer<typeof change>): z.infer<typeof change> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) =>
      name.endsWith(MINUTES)
        ? [name.slice(0, -MINUTES.length), typeof value === "number" ? value / 60 : value]
        : [name, value],
    ),
  );

const read = (context: TenantContext): JsonObject => readSettings(context, PATH) ?? DEFAULTS;
