// The laws about access: a law that is gone lets through what it kept out.
import type { AccessModel, Approval, Guardrails } from "../../model/access-model.ts";
import { permissionText } from "../../model/permission.ts";
import type { Change, Thing } from "../change.ts";
import { enumerationUpTo, type Phrase, phrase, quoted, words } from "../phrase.ts";
import type { Risks } from "./risks.ts";

const guardrails: Thing = { kind: "guardrails", key: "guardrails" };

/** Laws and approvals that only one of the two has. */
export function guardrailChanges(base: AccessModel, head: AccessModel, risks: Risks): readonly Change[] {
  const [then, now] = [lawsOf(base.guardrails), lawsOf(head.guardrails)];
  const gone = [...then.values()].filter(({ text }) => !now.has(text));
  const added = [...now.values()].filter(({ text }) => !then.has(text));
  return [
    ...gone.map(
      ({ sentence, value }): Change => ({
        effect: "wider",
        kind: "guardrail",
        risk: "high",
        things: [guardrails],
        before: value,
        sentence: phrase`guardrail is gone: ${sentence}`,
      }),
    ),
    ...added.map(
      ({ sentence, value }): Change => ({
        effect: "narrower",
        kind: "guardrail",
        risk: "low",
        things: [guardrails],
        after: value,
        sentence: phrase`new guardrail: ${sentence}`,
      }),
    ),
    ...approvalChanges(base.guardrails, head.guardrails, risks),
    ...limitChanges(base.guardrails, head.guardrails),
  ];
}

interface Law {
  readonly text: string;
  readonly sentence: Phrase;
  /** What the file says of it: where it is looked for. */
  readonly value: string;
}

/** Each law by itself: one that loses a part has lost it for what stood in that part. */
function lawsOf({ never, separate, together, approve }: Guardrails): ReadonlyMap<string, Law> {
  const laws: readonly Law[] = [
    ...never.map(({ permission }) => ({
      text: `never ${permission}`,
      value: permission as string,
      sentence: phrase`nobody may have ${quoted(permission)}`,
    })),
    ...approve.map(({ permission }) => ({
      text: `approve ${permission}`,
      value: permission as string,
      sentence: phrase`${quoted(permission)} needs an approval`,
    })),
    ...separate.flatMap(({ name, permissions }) =>
      permissions.flatMap((one, index) =>
        permissions.slice(index + 1).map((other) => ({
          text: `separate ${one} ${other}`,
          value: name,
          sentence: phrase`${quoted(name)}: nobody may have two of ${enumerationUpTo(4, [one, other].map(quoted))}`,
        })),
      ),
    ),
    ...together.map((roles) => ({
      text: `together ${roles.join(" ")}`,
      value: roles[0] ?? "",
      sentence: phrase`${enumerationUpTo(4, roles.map(quoted))} are looked at together, since the same people have them`,
    })),
  ];
  return new Map(laws.map((law) => [law.text, law]));
}

function approvalChanges(base: Guardrails, head: Guardrails, risks: Risks): readonly Change[] {
  const [then, now] = [approvalsOf(base), approvalsOf(head)];
  return [
    ...[...now].flatMap(([name, approval]): readonly Change[] => {
      const old = then.get(name);
      const isLonger =
        old?.until !== undefined && (approval.until === undefined || approval.until > old.until);
      if (old && !isLonger) return [];
      const end = approval.until === undefined ? phrase`without end` : phrase`until ${approval.until}`;
      const what = phrase`${subjectOf(approval)} may have ${quoted(permissionText(approval.permission))}`;
      return [
        {
          effect: "wider",
          kind: "approval",
          risk: old ? "low" : risks.of(approval.permission),
          things: thingsOf(approval),
          after: permissionText(approval.permission),
          sentence: old
            ? phrase`the approval that ${what} holds ${end}, was until ${old.until ?? ""}`
            : phrase`new approval: ${what} ${end}, by ${quoted(approval.by)}`,
        },
      ];
    }),
    ...[...then].flatMap(([name, approval]): readonly Change[] =>
      now.has(name)
        ? []
        : [
            {
              effect: "narrower",
              kind: "approval",
              risk: "low",
              things: thingsOf(approval),
              before: permissionText(approval.permission),
              sentence: phrase`approval is gone: ${subjectOf(approval)} may have ${quoted(permissionText(approval.permission))}`,
            },
          ],
    ),
  ];
}

function approvalsOf({ approved }: Guardrails): ReadonlyMap<string, Approval> {
  return new Map(
    approved.map((each) => [
      `${each.subject.kind} ${each.subject.key} ${permissionText(each.permission)}`,
      each,
    ]),
  );
}

function subjectOf({ subject }: Approval): Phrase {
  return phrase`${words(subject.kind === "role" ? "role" : "client")} ${quoted(subject.key)}`;
}

/** The file of the laws first: there it is to be looked at. */
function thingsOf({ subject, permission }: Approval): Change["things"] {
  return [guardrails, { kind: "api", key: permission.api }, subject];
}

function limitChanges({ claimLimit: then }: Guardrails, { claimLimit: now }: Guardrails): readonly Change[] {
  if (then === now) return [];
  return [
    {
      effect: now > then ? "wider" : "narrower",
      kind: "guardrail",
      risk: "low",
      things: [guardrails],
      key: "claimLimit",
      sentence: phrase`claims of permissions may have ${words(String(now))} bytes before there is a warning, was ${words(String(then))}`,
    },
  ];
}
