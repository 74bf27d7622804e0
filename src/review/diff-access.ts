import type { AccessModel } from "../model/access-model.ts";
import { compareText } from "../model/diagnostic.ts";
import { type Change, compareChanges } from "./change.ts";
import { apiChanges } from "./changes/apis.ts";
import { clientChanges } from "./changes/clients.ts";
import { groupChanges } from "./changes/groups.ts";
import { guardrailChanges } from "./changes/guardrails.ts";
import { permissionChanges } from "./changes/permissions.ts";
import { renamed, renamesBetween } from "./changes/renames.ts";
import { risksOf } from "./changes/risks.ts";
import { roleChanges } from "./changes/roles.ts";
import { plainText } from "./phrase.ts";

/** Every way two models can differ, each looked for by itself. */
const differences = [
  permissionChanges,
  groupChanges,
  roleChanges,
  clientChanges,
  apiChanges,
  guardrailChanges,
] as const;

/**
 * What differs between two access models, as access, most dangerous first: by effect (wider, flow, changed, narrower), then
 * risk, then kind (`changeKinds`), then the text. Things that the head has renamed with `formerly` are the same. Empty for two
 * models that give the same.
 */
export function diffAccess(before: AccessModel, head: AccessModel): readonly Change[] {
  const base = renamed(before, renamesBetween(before, head));
  const risks = risksOf(base, head);
  return sortChanges(differences.flatMap((find) => find(base, head, risks)));
}

/** The changes in the order of reports. */
export function sortChanges<C extends Change>(changes: readonly C[]): readonly C[] {
  const texts = new Map(changes.map((each) => [each, plainText(each.sentence)]));
  return changes.toSorted(
    (a, b) => compareChanges(a, b) || compareText(texts.get(a) ?? "", texts.get(b) ?? ""),
  );
}
