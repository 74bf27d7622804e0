import { type Call, createTenant, TenantError } from "../../../tenant/index.ts";
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
    return await createTenant({ port, onCall: showCall, ...(state !== "none" && { stateDir: state }) });
  } catch (error) {
    if (error instanceof TenantError) throw new Failure(error.message);
    throw error;
  }
}

function showCall({ at, status, method, path, operation }: Call): void {
  process.stdout.write(`${at.slice(11, 19)}  ${status}  ${operation.padEnd(24)}  ${method} ${path}\n`);
}
