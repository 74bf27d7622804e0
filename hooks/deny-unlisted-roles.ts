import { policy } from "#policy";

/**
 * Lets nobody into a client who has none of the roles in its metadata `allowed_roles`: names with commas between, as
 * `allowedRoles` in rbac/clients/ comes to. A client without the list lets everybody in, one with an empty list nobody.
 */
export default policy({
  name: "deny-unlisted-roles",
  on: ["login"],
  settings: {},
  enforces: ["allowedRoles"],
  run({ event, api }) {
    const listed = event.client.metadata.allowed_roles;
    if (listed === undefined) return;
    const allowed = listed.split(",").map((name) => name.trim());
    const isAllowed = event.authorization.roles.some((role) => role.trim() && allowed.includes(role.trim()));
    if (!isAllowed) api.access.deny(`"${event.client.name}" is for other roles than yours`);
  },
});
