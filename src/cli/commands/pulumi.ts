import { runPulumi } from "../../../toolchain/index.ts";
import { devStackOf, engineEnvironment, findRunningTenant, requireRunningTenant } from "../dev-stack.ts";
import { ensureStack, getToolchain } from "../engine.ts";
import { interruptSignal } from "../interrupt.ts";

/** Commands of the engine that reach the tenant. */
const reaching = new Set(["up", "update", "preview", "refresh", "destroy", "import"]);

/** Runs the engine on the dev stack, with the local tenant's credentials; all arguments are the engine's. */
export async function pulumi(args: readonly string[]): Promise<number> {
  const cwd = process.cwd();
  const stack = devStackOf(cwd);
  const command = args.find((arg) => !arg.startsWith("-")) ?? "";
  const findTenant = reaching.has(command) ? requireRunningTenant : findRunningTenant;
  const tenant = findTenant(stack.tenant);
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
