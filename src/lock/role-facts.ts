import type { Role } from "../model/access-model.ts";
import { line, permissionColumn, way, word } from "./line.ts";

/** All that a role gives, and its name, since tokens carry that. */
export function roleFacts({ key, name, permissions }: Role): readonly string[] {
  const subject = `role ${key}`;
  return [
    line(subject, `name: ${word(name)}`),
    ...permissions.map((each) => line(subject, permissionColumn(each), way(key, each.via))),
  ];
}
