import { rmSync } from "node:fs";
import { devStackOf, findRunningTenant } from "../dev-stack.ts";
import { Failure } from "../failure.ts";

/** Forgets the dev stack's state and its tenant's together: apart they would contradict each other. */
export async function reset(): Promise<number> {
  const stack = devStackOf(process.cwd());
  const running = findRunningTenant(stack.tenant);
  if (running) throw new Failure(`the local tenant is running at ${running.url}`, "stop it first");
  rmSync(stack.directory, { recursive: true, force: true });
  process.stdout.write("The dev stack and its tenant are empty.\n");
  return 0;
}
