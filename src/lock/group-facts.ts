import type { Group } from "../model/access-model.ts";
import { line, permissionColumn, way, word } from "./line.ts";

/** All that people in a group have, how it reaches them, and how the group is recognised. */
export function groupFacts({ key, name, delivery, from, effective }: Group): readonly string[] {
  const subject = `group ${key}`;
  return [
    line(subject, `name: ${word(name)}`),
    line(subject, `delivery: ${delivery}`),
    ...from.map(({ connection, group }) => line(subject, `from: ${word(connection)} ${word(group)}`)),
    ...effective.roles.map(({ role, via }) => line(subject, `role: ${role}`, way(key, via))),
    ...effective.permissions.map((each) =>
      line(subject, permissionColumn(each), `via ${each.via.join(", ")} in ${each.groups.join(", ")}`),
    ),
  ];
}
