// Run as a process: gets a toolchain without a download, writes progress and the result as JSON; SIGTERM cancels.
import { ensureToolchain } from "../../../toolchain/ensure.ts";

const cancellation = new AbortController();
process.once("SIGTERM", () => cancellation.abort());
const result = await ensureToolchain(
  {
    env: process.env,
    report: ({ state, activity }) => process.stdout.write(`${state} ${activity}\n`),
    signal: cancellation.signal,
  },
  async () => ({ exitCode: 1, stdout: "", stderr: "fetch failed" }),
);
process.stdout.write(`${JSON.stringify(result)}\n`);
