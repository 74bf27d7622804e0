import { runPulumi } from "../../../toolchain/index.ts";
import { devStackOf, engineEnvironment, findRunningTenant } from "../dev-stack.ts";
import { ensureStack, getToolchain } from "../engine.ts";
import { Failure } from "../failure.ts";
import { interruptSignal } from "../interrupt.ts";

/** Commands of the engine that reach the tenant. */
const reaching = new Set(["up", "update", "preview", "refresh", "destroy", "import"]);

/** Runs the engine on the dev stack, with the local tenant's credentials; all arguments are the engine's. */
export async function pulumi(args: readonly string[]): Promise<number> {
  const cwd = process.cwd();
  const stack = devStackOf(cwd);
  const tenant = findRunningTenant(stack.tenant);
  const command = args.find((arg) => !arg.startsWith("-")) ?? "";
  if (!tenant && reaching.has(command))
    throw new Failure(
      "the local tenant is not running",
      'start it in another terminal with "npm run tenant"',
    );
  const { signal, release } = interruptSignal();
  try {
    const toolchain = await getToolchain(signal);
    const env = { ...process.env, ...engineEnvironment(stack.backend, tenant) };
    await ensureStack(toolchain, stack.backend, { cwd, env });
    const { exitCode } = await runPulumi(toolchain, args, { cwd, env, interactive: true, signal });
    return exitCode;
  } finally {
    release();
  }
}
