import { groupTable, permissionTable, policy } from "#policy";
import { userGroups } from "./groups.ts";
import { permissionsOf } from "./permissions.ts";

/**
 * Gives users the roles of their groups: those in `app_metadata.groups`, and those a directory sends. Nothing is called, the
 * groups of rbac/groups/ are part of the code. With `persist` what they come to is kept in `app_metadata.authorization`, for
 * others to read; this policy never does.
 */
export default policy({
  name: "groups-to-roles",
  on: ["login"],
  settings: { groups: groupTable(), persist: permissionTable() },
  enforces: ["groups"],
  provides: [userGroups],
  run({ event, api, settings, data }) {
    const { app_metadata, groups: sent } = event.user;
    const own = textsIn(app_metadata.groups);
    const ofDirectory = textsIn(sent);
    const groups = settings.groups.filter(
      ({ name, from }) =>
        own.includes(name) ||
        from.some(
          ([connection, group]) => connection === event.connection.name && ofDirectory.includes(group),
        ),
    );

    const names = sorted(groups.flatMap((group) => group.groups));
    const stored = groups.flatMap((group) => group.stored);
    const roles = sorted(groups.flatMap(({ claimed }) => claimed).concat(stored.map(({ name }) => name)));
    for (const role of roles) api.authorization.addRole(role);
    data.set(userGroups, { names, stored });

    if (!settings.persist) return;
    const result = { groups: names, roles, permissions: permissionsOf(roles, settings.persist) };
    const isKept = JSON.stringify(app_metadata.authorization) === JSON.stringify(result);
    if (!isKept) api.user.setAppMetadata("authorization", result);
  },
});

/** Metadata and directories hold anything. */
function textsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
