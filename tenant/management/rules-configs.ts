import { z } from "zod";
import { badRequest } from "./errors.ts";
import { handlers, noContent, ok } from "./request.ts";
import { parseBody, strict } from "./validation.ts";

const setting = strict({ value: z.string() });

const KEY = /^[A-Za-z0-9_\-@*+:]{1,127}$/;

export const rulesConfigs = handlers({
  // A bare array whatever the query says, without the values: nobody can read them again.
  listRulesConfigs: (_, { store }) => ok(store.rules_configs.find().map(({ key }) => ({ key }))),

  setRulesConfig: ({ path: { key }, body }, { store }) => {
    const { value } = parseBody(setting, body);
    if (!KEY.test(key))
      throw badRequest(
        `Path validation error: 'String does not match pattern ${KEY.source}: ${key}' on property key (Key of the rules config variable to set.).`,
        "invalid_uri",
      );
    const config = { key, value };
    return ok(
      store.rules_configs.get(key) ? store.rules_configs.replace(config) : store.rules_configs.insert(config),
    );
  },

  deleteRulesConfig: ({ path }, { store }) => {
    store.rules_configs.delete(path.key);
    return noContent;
  },
});
