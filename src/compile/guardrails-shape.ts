// The shape of rbac/guardrails.yaml. What names mean is not looked at here.
import { z } from "zod";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { isPattern } from "../model/pattern.ts";
import { day, filledList, law, list, mapping, text } from "./shape-parts.ts";

const permission = text.check(
  law(
    "bad-value",
    (value) => /^[^/]+\/./.test(value),
    (value) => `is "${value}"; permissions are written api/scope, such as orders/refund:orders`,
  ),
);

const onePermission = permission.check(
  law(
    "bad-value",
    (value) => !isPattern(value),
    (value) => `is "${value}"; an approval is for one permission, not for a pattern`,
  ),
);

const approval = mapping("a mapping with the keys of an approval", {
  role: text.optional(),
  client: text.optional(),
  permission: onePermission,
  by: text,
  reason: text,
  until: day.optional(),
}).refine(({ role, client }) => (role === undefined) !== (client === undefined), {
  params: { code: "bad-value" satisfies DiagnosticCode },
  error: "holds an approval that is not for one role or one client",
});

export const guardrailsShape = mapping("a mapping with the keys of guardrails", {
  never: list(
    "a list of permissions",
    mapping("a mapping with permission and reason", { permission, reason: text }),
  ).optional(),
  separate: list(
    "a list of names with permissions",
    mapping("a mapping with name and permissions", {
      name: text,
      permissions: list("a list of permissions", permission).refine((items) => items.length > 1, {
        params: { code: "bad-value" satisfies DiagnosticCode },
        error: "are fewer than two; nothing is separate from itself",
      }),
    }),
  ).optional(),
  together: list("a list of lists of roles", filledList("a list of roles", text)).optional(),
  approve: list("a list of permissions", mapping("a mapping with permission", { permission })).optional(),
  approved: list("a list of approvals", approval).optional(),
  claimLimit: z.int({ error: "a number of bytes" }).positive({ error: "a number of bytes" }).optional(),
});
