/** Settings of the login pages. They are stored and shown; the tenant's own pages do not follow them. */
import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { isObject } from "./json.ts";
import { patched } from "./patch.ts";
import { handlers, ok } from "./request.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { parseBody, strict } from "./validation.ts";

const PATH = "prompts";
const DEFAULTS: JsonObject = {
  universal_login_experience: "new",
  identifier_first: false,
  webauthn_platform_first_factor: false,
};

const change = strict({
  universal_login_experience: z.enum(["new", "classic"]).optional(),
  identifier_first: z.boolean().nullish(),
  webauthn_platform_first_factor: z.boolean().nullish(),
}).refine((fields) => Object.keys(fields).length > 0, "Too few properties defined (0), minimum 1");
/** Screen → name → text, and screen → entry point → template. */
const screens = z.record(z.string(), z.record(z.string(), z.json()));

export const prompts = handlers({
  getPrompts: (_, context) => ok(read(context)),

  updatePrompts: ({ body }, context) => {
    const fields = parseBody(change, body);
    // What is null is as it was at first.
    return ok(writeSettings(context, PATH, { ...DEFAULTS, ...patched(read(context), fields) }));
  },

  getCustomText: ({ path }, context) => ok(readSettings(context, customText(path)) ?? {}),
  setCustomText: ({ path, body }, context) =>
    ok(writeSettings(context, customText(path), parseBody(screens, body))),

  getPartials: ({ path }, context) => ok(readSettings(context, partials(path)) ?? {}),
  setPartials: ({ path, body }, context) =>
    ok(writeSettings(context, partials(path), withoutEmpty(parseBody(screens, body)))),
});

const read = (context: TenantContext): JsonObject => readSettings(context, PATH) ?? DEFAULTS;

const customText = ({ prompt, language }: { readonly prompt: string; readonly language: string }) =>
  `${PATH}/${prompt}/custom-text/${language}`;
const partials = ({ prompt }: { readonly prompt: string }) => `${PATH}/${prompt}/partials`;

/** A screen without partials is left out. */
const withoutEmpty = (value: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(value).filter(([, screen]) => isObject(screen) && Object.keys(screen).length > 0),
  );
