import { z } from "zod";
import type { TenantContext } from "../context.ts";
import type { Rule } from "../policy-entities.ts";
import { conflict, notFound } from "./errors.ts";
import { scriptName } from "./hooks.ts";
import { page, selectFields } from "./paging.ts";
import { patched } from "./patch.ts";
import { created, handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const fields = {
  name: scriptName,
  script: z.string().min(1),
  order: z.number().min(0),
  enabled: z.boolean(),
};
const creation = strict({ ...fields, order: fields.order.optional(), enabled: fields.enabled.optional() });
const change = strict(fields).partial();

export const rules = handlers({
  listRules: ({ query }, { store }) => {
    const where = query.enabled === undefined ? {} : { enabled: query.enabled === "true" };
    return ok(
      page(query, "rules", {
        items: (offset, limit) =>
          store.rules
            .find(where, { orderBy: "order", offset, limit })
            .map((rule) => selectFields(query, rule)),
        total: () => store.rules.count(where),
      }),
    );
  },

  createRule: ({ body }, context) => {
    const { name, script, order = nextOrder(context), enabled = true } = parseBody(creation, body);
    refuseTaken(context, { name, order });
    const id = context.ids.prefixed("rul");
    return created(context.store.rules.insert({ id, name, script, enabled, order, stage: "login_success" }));
  },

  getRule: ({ path, query }, context) => ok(selectFields(query, find(context, path.id))),

  updateRule: ({ path, body }, context) => {
    const fields = parseBody(change, body);
    const rule = find(context, path.id);
    refuseTaken(context, fields, rule);
    return ok(context.store.rules.replace(patched(rule, fields)));
  },

  deleteRule: ({ path }, { store }) => {
    store.rules.delete(path.id);
    return noContent;
  },
});

function find({ store }: TenantContext, id: string): Rule {
  const rule = store.rules.get(id);
  if (!rule) throw notFound("The rule does not exist", "inexistent_rule");
  return rule;
}

/** A rule that names no order comes last. */
function nextOrder({ store }: TenantContext): number {
  const [last] = store.rules.find({}, { orderBy: "order", newestFirst: true, limit: 1 });
  return last ? last.order + 1 : 1;
}

/** Names are unique, and no two rules may be at the same place. */
function refuseTaken(
  { store }: TenantContext,
  { name, order }: { readonly name?: string; readonly order?: number },
  self?: Rule,
): void {
  const isOther = (rule: Rule | undefined) => rule !== undefined && rule.id !== self?.id;
  if (name !== undefined && isOther(store.rules.first({ name })))
    throw conflict(`A rule with the name '${name}' already exists`);
  if (order !== undefined && isOther(store.rules.first({ order })))
    throw conflict(`A rule with order ${order} already exists`);
}
