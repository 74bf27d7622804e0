import { policy, roleNames } from "#policy";

/** Lets a user without any role pass for one who has these, in this login only: nothing is stored. */
export default policy({
  name: "fallback-roles",
  on: ["login"],
  settings: { roles: roleNames() },
  grants: ["roles"],
  run({ event, api, settings }) {
    if (event.authorization.roles.length > 0) return;
    for (const role of settings.roles) api.authorization.addRole(role);
  },
});
