import { actionPage, checkpoint, listed } from "./paging.ts";
import { handlers, ok } from "./request.ts";

/**
 * Lists of what this tenant cannot have, and which are therefore empty: auth0-deploy-cli reads them before it goes on to
 * connections and actions. Shapes: its recordings and the `auth0` SDK.
 */
export const emptyLists = handlers({
  listActionModules: ({ query }) =>
    // Unlike the other lists of actions, this one says its zeros.
    ok({ total: 0, page: 0, ...actionPage(query, "modules", listed([])) }),

  listDirectoryProvisionings: ({ query }) =>
    ok(checkpoint(query, "directory_provisionings", () => ({ items: [] }))),
});
