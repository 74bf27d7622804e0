import { claimNamespace, flag, permissionTable, policy } from "#policy";
import { userGroups } from "./groups.ts";
import { permissionsOf } from "./permissions.ts";

/**
 * Puts the names of the user's roles into both tokens, as the claim `<namespace>roles`; if asked, also what these roles may do
 * at the API the token is for, as `<namespace>permissions`, and the groups that groups-to-roles found, as `<namespace>groups`.
 */
export default policy({
  name: "roles-to-tokens",
  on: ["login"],
  settings: { namespace: claimNamespace(), permissions: permissionTable(), groups: flag() },
  wants: [userGroups],
  run({ event, api, settings, data }) {
    const { roles } = event.authorization;
    const claims: Record<string, readonly string[]> = { roles };
    if (settings.permissions) {
      const api = event.resource_server?.identifier ?? "";
      claims.permissions = permissionsOf(roles, settings.permissions, api);
    }
    if (settings.groups) claims.groups = data.get(userGroups)?.names ?? [];

    for (const [name, value] of Object.entries(claims)) {
      api.idToken.setCustomClaim(`${settings.namespace}${name}`, value);
      api.accessToken.setCustomClaim(`${settings.namespace}${name}`, value);
    }
  },
});
