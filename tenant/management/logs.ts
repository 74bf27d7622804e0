import { notFound } from "./errors.ts";
import { page, selectFields } from "./paging.ts";
import { handlers, ok } from "./request.ts";

export const logs = handlers({
  // Newest first, as in Auth0; `q` knows only `type:x` and `user_id:x`.
  listLogs: ({ query }, { store }) => {
    const [, field, value] = /^(type|user_id):"?([^"]+)"?$/.exec(query.q ?? query.search ?? "") ?? [];
    const where =
      field === "type" ? { type: value ?? "" } : field === "user_id" ? { user_id: value ?? "" } : {};
    return ok(
      page(query, "logs", {
        items: (offset, limit) =>
          store.logs
            .find(where, { newestFirst: true, offset, limit })
            .map((entry) => selectFields(query, entry)),
        total: () => store.logs.count(where),
      }),
    );
  },

  getLog: ({ path }, { store }) => {
    const entry = store.logs.get(path.id);
    if (!entry) throw notFound("The log does not exist", "inexistent_log");
    return ok(entry);
  },
});
