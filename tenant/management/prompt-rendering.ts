/** Which code renders a screen of the login pages. Stored and shown only. */
import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { JsonObject } from "../entities.ts";
import { tenantName } from "../tenant-name.ts";
import { listed, page, selectFields } from "./paging.ts";
import { patched } from "./patch.ts";
import { handlers, ok, type Query } from "./request.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { parseBody, strict } from "./validation.ts";

const DEFAULTS: JsonObject = {
  rendering_mode: "standard",
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
};

const filter = z.array(z.record(z.string(), z.json())).optional();
const changeable = {
  rendering_mode: z.enum(["advanced", "standard"]).optional(),
  context_configuration: z.array(z.string()).nullish(),
  default_head_tags_disabled: z.boolean().nullish(),
  head_tags: z.array(z.record(z.string(), z.json())).nullish(),
  filters: strict({
    match_type: z.enum(["includes_any", "excludes_any"]).optional(),
    clients: filter,
    organizations: filter,
    domains: filter,
  }).nullish(),
  use_page_template: z.boolean().nullish(),
};
const change = strict(changeable);
const changes = strict({
  configs: z.array(strict({ prompt: z.string().min(1), screen: z.string().min(1), ...changeable })).min(1),
});

/** A screen of a prompt. */
interface Place {
  readonly prompt: string;
  readonly screen: string;
}

export const promptRendering = handlers({
  // Only of screens that were changed.
  listRendering: ({ query }, context) => {
    const configs = context.store.settings
      .find()
      .flatMap(({ path }) => placeOf(path) ?? [])
      .map((place) => toWire(context, place))
      .filter((config) => matchesFilters(config, query))
      .map((config) => selectFields(query, config));
    return ok(page(query, "configs", listed(configs)));
  },

  updateRenderings: ({ body }, context) => {
    const { configs } = parseBody(changes, body);
    for (const { prompt, screen, ...fields } of configs) update(context, { prompt, screen }, fields);
    return ok({ configs });
  },

  getRendering: ({ path }, context) => ok(toWire(context, path)),

  // Answers with what was sent, and with nothing else.
  updateRendering: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    update(context, path, fields);
    return ok(fields);
  },
});

const settingsPath = ({ prompt, screen }: Place) => `prompts/${prompt}/screen/${screen}/rendering`;

function placeOf(path: string): Place | undefined {
  const [, prompt, screen] = /^prompts\/([^/]+)\/screen\/([^/]+)\/rendering$/.exec(path) ?? [];
  return prompt !== undefined && screen !== undefined ? { prompt, screen } : undefined;
}

function update(context: TenantContext, place: Place, fields: object): void {
  const path = settingsPath(place);
  writeSettings(context, path, patched(readSettings(context, path) ?? {}, fields));
}

const toWire = (context: TenantContext, { prompt, screen }: Place) => ({
  tenant: tenantName(context),
  prompt,
  screen,
  ...DEFAULTS,
  ...readSettings(context, settingsPath({ prompt, screen })),
});

function matchesFilters(config: Readonly<Record<string, unknown>>, query: Query): boolean {
  return ["prompt", "screen", "rendering_mode"].every(
    (name) => query[name] === undefined || config[name] === query[name],
  );
}
