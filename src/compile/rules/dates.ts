// What has a date and is past it: warnings, since a rollback must not be stopped by a date.
import type { Rule } from "../rule.ts";
import { quote } from "../wording.ts";

/** Approvals hold until the day they say. */
export const approvalsHold: Rule = ({ declarations, today }, report) => {
  for (const { subject, permission, by, until } of declarations.guardrails.approved)
    if (today !== undefined && until && until.value < today)
      report(
        "expired-approval",
        until.at,
        `approval of ${quote(permission.value)} for ${subject.kind} ${quote(subject.key.value)} has expired`,
        { severity: "warning", help: `ask ${by} for another, or take away what it allowed` },
      );
};

/** Roles are looked at again until the day they say. */
export const rolesAreReviewed: Rule = ({ declarations, today }, report) => {
  for (const { key, reviewBy, owner } of declarations.roles)
    if (today !== undefined && reviewBy && reviewBy.value < today)
      report("overdue-review", reviewBy.at, `role "${key}" was to be reviewed by ${reviewBy.value}`, {
        severity: "warning",
        help: `have ${owner ? owner.value : "its owner"} look at it, and set another day`,
      });
};
