import type { ApprovalSubject, Guardrails } from "../model/access-model.ts";
import type { ApprovalDeclaration, GuardrailsDeclaration } from "../model/declarations.ts";
import { compareText } from "../model/diagnostic.ts";
import type { PermissionPattern, RoleKey } from "../model/names.ts";
import { permissionOf, permissionText } from "../model/permission.ts";
import type { Located } from "../model/source.ts";

/** The laws about access without their places, sorted. */
export function guardrailsOf(declared: GuardrailsDeclaration): Guardrails {
  return {
    never: declared.never
      .map(({ permission, reason }) => ({ permission: patternOf(permission), reason }))
      .sort((a, b) => compareText(a.permission, b.permission)),
    separate: declared.separate
      .map(({ name, permissions }) => ({ name: name.value, permissions: permissions.map(patternOf).sort() }))
      .sort((a, b) => compareText(a.name, b.name)),
    together: declared.together
      .map((roles) => roles.map(({ value }) => value as RoleKey).sort())
      .sort((a, b) => compareText(a.join(), b.join())),
    approve: declared.approve
      .map((permission) => ({ permission: patternOf(permission) }))
      .sort((a, b) => compareText(a.permission, b.permission)),
    approved: declared.approved
      .map(({ subject, permission, by, reason, until }) => ({
        subject: subjectOf(subject),
        permission: permissionOf(permission.value),
        by,
        reason,
        until: until?.value,
      }))
      .sort(
        (a, b) =>
          compareText(a.subject.kind, b.subject.kind) ||
          compareText(a.subject.key, b.subject.key) ||
          compareText(permissionText(a.permission), permissionText(b.permission)),
      ),
    claimLimit: declared.claimLimit,
  };
}

const patternOf = ({ value }: Located<string>) => value as PermissionPattern; // as: the shape takes nothing else

const subjectOf = ({ kind, key }: ApprovalDeclaration["subject"]) =>
  ({ kind, key: key.value }) as ApprovalSubject; // as: a rule looks the key up
