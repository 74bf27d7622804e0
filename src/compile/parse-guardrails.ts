import type { ApprovalDeclaration, GuardrailsDeclaration } from "../model/declarations.ts";
import { defaultClaimLimit } from "../model/limits.ts";
import type { Day } from "../model/names.ts";
import type { SourceFile } from "../model/source.ts";
import { checkShape } from "./check-shape.ts";
import { guardrailsShape } from "./guardrails-shape.ts";
import type { Report } from "./report.ts";
import { guardrailsFile } from "./source-kind.ts";
import { located, locatedItems } from "./written.ts";
import { readYaml } from "./yaml-file.ts";

/** The laws of an estate without rbac/guardrails.yaml. */
export const noGuardrails: GuardrailsDeclaration = {
  never: [],
  separate: [],
  together: [],
  approve: [],
  approved: [],
  claimLimit: defaultClaimLimit,
};

/** The laws that the file declares; what cannot be read of it is reported and left out. */
export function parseGuardrails(source: SourceFile, report: Report): GuardrailsDeclaration {
  const file = readYaml(source, report);
  if (!file) return noGuardrails;
  const shape = checkShape(guardrailsShape, file, guardrailsFile, {}, report);
  return {
    never: (shape.never ?? []).map(({ permission, reason }, index) => ({
      permission: located(permission, file, ["never", index, "permission"]),
      reason,
    })),
    separate: (shape.separate ?? []).map(({ name, permissions }, index) => ({
      name: located(name, file, ["separate", index, "name"]),
      permissions: locatedItems(permissions, file, ["separate", index, "permissions"]),
    })),
    together: (shape.together ?? []).map((roles, index) => locatedItems(roles, file, ["together", index])),
    approve: (shape.approve ?? []).map(({ permission }, index) =>
      located(permission, file, ["approve", index, "permission"]),
    ),
    approved: (shape.approved ?? []).map(({ role, client, permission, by, reason, until }, index) => {
      const path = ["approved", index];
      const kind = client === undefined ? "role" : "client";
      return {
        subject: { kind, key: located(client ?? role ?? "", file, [...path, kind]) },
        permission: located(permission, file, [...path, "permission"]),
        by,
        reason,
        // as: the shape takes days only
        until: until === undefined ? undefined : located(until as Day, file, [...path, "until"]),
      } satisfies ApprovalDeclaration;
    }),
    claimLimit: shape.claimLimit ?? defaultClaimLimit,
  };
}
