// To be imported by the program before all that it runs: from then on it watches how the program ends.
import * as pulumi from "@pulumi/pulumi";

let isFinished = false;

/**
 * Says that everything is declared. A program that ends before that fails: the engine would take it for one that declares
 * no more, and delete the rest. It happens where a promise never settles, where an error is logged and not thrown, and
 * where a policy calls `process.exit` as it is loaded.
 */
export function finish(): void {
  isFinished = true;
}

const message = "the program ended before it had declared everything; nothing is deleted";

/** The status with which a program says that people know why. @see Pulumi, sdk/nodejs/cmd/run/index.ts */
const explained = 32;

// Nothing is left to do. The SDK tells the engine that all is declared, unless there is a status by now.
process.once("beforeExit", () => {
  if (isFinished) return;
  process.exitCode = explained;
  if (!pulumi.log.hasErrors()) pulumi.log.error(message);
});

// Something has called `process.exit`: too late to tell the engine why. Before the SDK sees promises that are pending.
process.prependOnceListener("exit", () => {
  if (isFinished || process.exitCode) return;
  process.exitCode = 1;
  process.stderr.write(`${message}\n`);
});
