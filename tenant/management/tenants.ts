import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { patched } from "./patch.ts";
import { handlers, ok } from "./request.ts";
import { parseBody } from "./validation.ts";

const PATH = "tenants/settings";

/** What a new tenant has. */
const DEFAULTS: JsonObject = {
  allowed_logout_urls: [""],
  default_directory: "",
  enabled_locales: ["en"],
  flags: {},
  sandbox_version: "22",
  session_lifetime: 168,
  idle_session_lifetime: 72,
};

// Settings are stored as they come: only what tokens and logins need of them has a meaning here.
const change = z.record(z.string(), z.json());

export const tenants = handlers({
  getTenantSettings: (_, context) => ok({ ...read(context), sandbox_versions_available: ["22", "18"] }),

  updateTenantSettings: ({ body }, context) => {
    const value = patched(read(context), parseBody(change, body), ["flags"]);
    const { settings } = context.store;
    const entry = { path: PATH, value };
    if (settings.get(PATH)) settings.replace(entry);
    else settings.insert(entry);
    return ok(value);
  },
});

const read = ({ store }: TenantContext): JsonObject => store.settings.get(PATH)?.value ?? DEFAULTS;
