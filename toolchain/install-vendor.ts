// Run as a process: `node install-vendor.ts <directory>` installs the command line of the SDK's version there.
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const [root = ""] = process.argv.slice(2);
try {
  await PulumiCommand.install({ root });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
