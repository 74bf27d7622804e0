import type { AccessModel, Approval } from "../model/access-model.ts";
import { permissionText } from "../model/permission.ts";
import { clashingRoles } from "../model/separation.ts";
import { line, word } from "./line.ts";

const subject = "guardrails";

/** The laws about access, what they keep apart, and who vouched for what; without the reasons. */
export function guardrailFacts(model: AccessModel): readonly string[] {
  const laws = model.guardrails;
  return [
    ...clashingRoles(model).map(({ guardrail, roles }) =>
      line(subject, `apart: ${roles.join(", ")}`, `by ${word(guardrail.name)}`),
    ),
    ...laws.never.map(({ permission }) => line(subject, `never: ${word(permission)}`)),
    ...laws.separate.flatMap(({ name, permissions }) =>
      permissions.map((permission) => line(subject, `separate: ${word(name)}`, word(permission))),
    ),
    ...laws.together.map((roles) => line(subject, `together: ${roles.join(", ")}`)),
    ...laws.approve.map(({ permission }) => line(subject, `approve: ${word(permission)}`)),
    ...laws.approved.map(approvalFact),
  ];
}

function approvalFact({ subject: { kind, key }, permission, by, until }: Approval): string {
  const who = `approved: ${kind} ${key}`;
  const end = until === undefined ? "without end" : `until ${until}`;
  return line(subject, who, word(permissionText(permission)), `by ${word(by)}`, end);
}
