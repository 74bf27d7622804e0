import { readFileSync } from "node:fs";
import {
  createTenant,
  type PlanName,
  plans,
  type Tenant,
  TenantError,
  type TenantOptions,
} from "../../../tenant/index.ts";
import { devStackOf } from "../dev-stack.ts";
import { Failure } from "../failure.ts";
import { interruptSignal, untilAborted } from "../interrupt.ts";
import { choose, readOptions } from "../options.ts";
import { showCall, showLog } from "../tenant-console.ts";

/** That of the dev stack, in Pulumi.dev.yaml. */
const defaultPort = "8443";

/**
 * Keeps the local tenant up until it is interrupted, its state in `.rolebook/` unless `--state` says otherwise. Prints
 * one line of JSON once it answers, for programs; what people want to read goes to standard error, if that is a terminal.
 */
export async function tenant(args: readonly string[]): Promise<number> {
  const options = readOptions(args, {
    port: { type: "string", default: defaultPort },
    state: { type: "string", default: devStackOf(process.cwd()).tenant },
    plan: { type: "string" },
    seed: { type: "string" },
    network: { type: "string", multiple: true, default: [] },
    "signing-key": { type: "string", multiple: true },
    "management-token": { type: "string" },
    "control-token": { type: "string" },
  });
  const {
    state,
    plan,
    seed,
    network,
    "management-token": managementToken,
    "control-token": controlToken,
  } = options;
  const isWatched = process.stderr.isTTY;
  // From here on: whoever reads the line may interrupt at once.
  const { signal } = interruptSignal();
  const running = await start({
    port: portOf(options.port),
    network: network.includes("all") ? "all" : network,
    ...(state !== "none" && { stateDir: state }),
    ...(plan !== undefined && { plan: choose("plan", plan, Object.keys(plans) as PlanName[]) }), // its very keys
    ...(seed !== undefined && { seed }),
    ...(options["signing-key"] && {
      signingKeys: options["signing-key"].map((file) => readFileSync(file, "utf8")),
    }),
    ...(managementToken !== undefined && { managementToken }),
    ...(controlToken !== undefined && { controlToken }),
    ...(isWatched && { onCall: showCall, onLog: showLog }),
  });
  const { url, ca, control } = running;
  process.stdout.write(`${JSON.stringify({ url, ca: ca.path, control })}\n`);
  if (isWatched) greet(running, state);
  await untilAborted(signal);
  await running.close();
  return 0;
}

function portOf(text: string): number {
  const port = Number(text);
  if (text !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Failure(`--port takes a number from 0 to 65535, found "${text}"`);
}

async function start(options: TenantOptions): Promise<Tenant> {
  try {
    return await createTenant(options);
  } catch (error) {
    if (error instanceof TenantError) throw new Failure(error.message);
    throw error;
  }
}

function greet({ url, ca }: Tenant, state: string): void {
  process.stderr.write(
    [
      `A local Auth0 tenant answers at ${url}`,
      `state          ${state === "none" ? "in memory, gone at the end" : state}`,
      `certificate    ${ca.path}`,
      "next           npm run up, in another terminal",
      "to stop it     Ctrl+C\n",
    ].join("\n"),
  );
}
