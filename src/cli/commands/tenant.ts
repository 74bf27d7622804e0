import { z } from "zod";
import { type Call, createTenant, type LogEntry, TenantError } from "../../../tenant/index.ts";
import { devStackOf } from "../dev-stack.ts";
import { Failure } from "../failure.ts";
import { untilInterrupted } from "../interrupt.ts";
import { readOptions } from "../options.ts";

/** That of the dev stack, in Pulumi.dev.yaml. */
const defaultPort = "8443";

/** Keeps the local tenant up until it is interrupted, its state in `.rolebook/` unless `--state` says otherwise. */
export async function tenant(args: readonly string[]): Promise<number> {
  const { port: portText, state } = readOptions(args, {
    port: { type: "string", default: defaultPort },
    state: { type: "string", default: devStackOf(process.cwd()).tenant },
  });
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Failure(`--port takes a number from 0 to 65535, found "${portText}"`);
  const running = await start(port, state);
  process.stdout.write(
    [
      `A local Auth0 tenant answers at ${running.url}`,
      `state          ${state === "none" ? "in memory, gone at the end" : state}`,
      `certificate    ${running.ca.path}`,
      "next           npm run up, in another terminal",
      "to stop it     Ctrl+C\n",
    ].join("\n"),
  );
  await untilInterrupted();
  await running.close();
  return 0;
}

async function start(port: number, state: string): Promise<Awaited<ReturnType<typeof createTenant>>> {
  try {
    return await createTenant({
      port,
      onCall: showCall,
      onLog: showLog,
      ...(state !== "none" && { stateDir: state }),
    });
  } catch (error) {
    if (error instanceof TenantError) throw new Failure(error.message);
    throw error;
  }
}

function showCall({ at, status, method, path, operation }: Call): void {
  process.stdout.write(`${at.slice(11, 19)}  ${status}  ${operation.padEnd(24)}  ${method} ${path}\n`);
}

const execution = z.object({
  trigger: z.string(),
  outcome: z.string(),
  console: z.array(z.object({ text: z.string() })),
});

/** Shows what a call does not: why somebody is refused, what failed after the answer, and what policies print. */
function showLog({ type, description = "", user_name, user_id, details }: LogEntry): void {
  const { data } = execution.safeParse(details);
  const printed = (data?.console ?? []).map(({ text }) => `console  ${text}`);
  // An execution that fails a login is told again as the login's own entry.
  const isAlone = data?.trigger === "post-user-registration" && data.outcome !== "ok";
  const isFailure = type === "execution" ? isAlone : type.startsWith("f");
  const who = user_name ?? user_id ?? "somebody";
  const failed = isFailure ? [`failed   ${who}: ${description || "wrong e-mail or password"}`] : [];
  for (const line of [...printed, ...failed]) process.stdout.write(`          ${line}\n`);
}
