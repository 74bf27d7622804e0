import type { Api } from "../model/access-model.ts";
import { line, word } from "./line.ts";

/** What an API lets be asked of it, how tokens for it are made and how long they live. */
export function apiFacts(api: Api): readonly string[] {
  const subject = `api ${api.key}`;
  return [
    line(subject, `identifier: ${word(api.identifier)}`),
    line(subject, `tokenLifetime: ${duration(api.tokenLifetime)}`),
    line(subject, `offlineAccess: ${api.offlineAccess}`),
    line(subject, `rbac: ${api.enforceRbac ? "enforced" : "off"}`),
    line(subject, `requireUserGrants: ${api.requireUserGrants}`),
    ...api.scopes.map(({ value, risk }) => line(subject, `scope: ${word(value)}`, `${risk} risk`)),
  ];
}

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
] as const;

/** Seconds in the largest unit that divides them: 60m and 1h are one fact. */
function duration(seconds: number): string {
  const [letter, size] = units.find(([, each]) => seconds % each === 0) ?? ["s", 1];
  return `${seconds / size}${letter}`;
}
