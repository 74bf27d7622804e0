// What people see of a tenant that runs before their eyes.

import { z } from "zod";
import type { Call, LogEntry } from "../../tenant/index.ts";

/** Writes a call as one line, to standard error. */
export function showCall({ at, status, method, path, operation }: Call): void {
  write(`${at.slice(11, 19)}  ${status}  ${operation.padEnd(24)}  ${method} ${path}`);
}

const execution = z.object({
  trigger: z.string(),
  outcome: z.string(),
  console: z.array(z.object({ text: z.string() })),
});

/** Shows what a call does not: why somebody is refused, what failed after the answer, and what policies print. */
export function showLog({ type, description = "", user_name, user_id, details }: LogEntry): void {
  const { data } = execution.safeParse(details);
  const printed = (data?.console ?? []).map(({ text }) => `console  ${text}`);
  // An execution that fails a login is told again as the login's own entry.
  const isAlone = data?.trigger === "post-user-registration" && data.outcome !== "ok";
  const isFailure = type === "execution" ? isAlone : type.startsWith("f");
  const who = user_name ?? user_id ?? "somebody";
  const failed = isFailure ? [`failed   ${who}: ${description || "wrong e-mail or password"}`] : [];
  for (const line of [...printed, ...failed]) write(`          ${line}`);
}

const write = (line: string) => void process.stderr.write(`${line}\n`);
