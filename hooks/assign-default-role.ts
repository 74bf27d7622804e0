import { policy, role } from "#policy";

/**
 * Gives whoever has no role a first one, once. After registration where Auth0 has a hook for it, else at the first login,
 * for social users above all. A flag remembers it: who has been stripped of all roles on purpose stays so.
 */
export default policy({
  name: "assign-default-role",
  on: ["postUserRegistration", "login"],
  settings: { role: role() },
  grants: ["role"],
  uses: ["users.roles.assign"],
  async run({ flow, event, api, settings, management }) {
    const assign = () =>
      management("users.roles.assign", { id: event.user.user_id, roles: [settings.role.id] });

    if (flow === "postUserRegistration") {
      await assign();
      return;
    }
    if (event.organization) return; // members have the roles of their organization
    if (event.user.app_metadata.firstRoleGiven) return;

    if (event.authorization.roles.length === 0) {
      await assign();
      api.authorization.addRole(settings.role.name); // Auth0 shows it from the next login on
    }
    api.user.setAppMetadata("firstRoleGiven", true);
  },
});
