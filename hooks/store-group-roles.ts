import { policy } from "#policy";
import { userGroups } from "./groups.ts";

/**
 * Lets Auth0 store the roles of groups with `delivery: stored`, and takes back those it has given once the group is gone. It
 * keeps the ids of what it has given in `app_metadata.rolesOfGroups`: roles that somebody gave by hand are left alone.
 */
export default policy({
  name: "store-group-roles",
  on: ["login"],
  settings: {},
  enforces: ["storedGroups"],
  uses: ["users.roles.assign", "users.roles.remove"],
  needs: [userGroups],
  async run({ event, api, data, management }) {
    const { user_id: id, app_metadata } = event.user;
    const due = [...new Set((data.get(userGroups)?.stored ?? []).map((role) => role.id))].sort();
    const kept = app_metadata.rolesOfGroups;
    const given = Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];

    const missing = due.filter((role) => !given.includes(role));
    const past = given.filter((role) => !due.includes(role));
    if (missing.length > 0) await management("users.roles.assign", { id, roles: missing });
    if (past.length > 0) await management("users.roles.remove", { id, roles: past });
    if (missing.length + past.length > 0) api.user.setAppMetadata("rolesOfGroups", due);
  },
});
