import { getToolchain } from "../../src/cli/engine.ts";

/** Gets the engine before the first test that needs it: on a new machine it is built, which takes minutes. */
export default async function setup(): Promise<void> {
  await getToolchain(new AbortController().signal);
}
