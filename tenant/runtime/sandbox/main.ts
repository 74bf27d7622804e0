// The entry of a sandbox process: takes one execution after the other from the tenant, each in a fresh realm. Policies
// are kept from the disk and from other programs by Node's permission model, and from this process's own powers by what
// is taken away below.

import { AsyncLocalStorage } from "node:async_hooks";
import tls from "node:tls";
import type { ConsoleLine, FromSandbox, Job, ToSandbox } from "../protocol.ts";
import { runActions } from "./actions.ts";
import { describeError, type Execution } from "./execution.ts";
import { runHook } from "./hook.ts";
import { createRealm } from "./realm.ts";
import { runRules } from "./rules.ts";

/** The most console output of one execution, in characters; what comes after is cut off. */
const CONSOLE_LIMIT = 64 * 1024;

const exit = process.exit.bind(process);
const send = process.send?.bind(process) ?? exit;
removePowers();

const executions = new AsyncLocalStorage<Execution>();
process.on("unhandledRejection", reportLateError);
process.on("uncaughtException", reportLateError);
process.on("disconnect", () => exit());
process.on("message", (message: ToSandbox) => {
  if (message.type === "run") return execute(message.run, message.job);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ...message.certificates]);
  tell({ type: "ready", run: 0 });
});

function execute(run: number, job: Job): void {
  let ended = false;
  let left = CONSOLE_LIMIT;
  const print = (line: ConsoleLine) => {
    if (ended || left <= 0) return;
    const text = line.text.slice(0, left);
    left -= line.text.length;
    tell({ type: "console", run, line: { ...line, text } });
  };
  // What an ended execution left behind must not end the next one.
  const realm = createRealm(print, (code) => {
    if (!ended) exit(code);
  });
  const end = (message: FromSandbox) => {
    if (ended) return;
    ended = true;
    realm.end();
    tell(message);
    // Only a process whose event loop still turns may be used again.
    setImmediate(() => tell({ type: "ready", run }));
  };
  const execution: Execution = {
    by: undefined,
    succeed: (valueJson) => end({ type: "done", run, valueJson }),
    fail: (error, reusable = true) =>
      end({ type: "failed", run, error: describeError(error, execution.by), reusable }),
  };
  executions.run(execution, async () => {
    try {
      if (job.kind === "rules") await runRules(job, realm, execution);
      else if (job.kind === "hook") runHook(job, realm, execution);
      else await runActions(job, realm, execution);
    } catch (error) {
      execution.fail(error);
    }
  });
}

/** Fails the execution in whose asynchronous context an error came up that nothing has caught. */
function reportLateError(error: unknown): void {
  executions.getStore()?.fail(error, false);
}

function tell(message: FromSandbox): void {
  send(message);
}

/** Takes from this process what code that breaks out of its realm could reach the tenant or the machine with. */
function removePowers(): void {
  for (const name of ["_debugProcess", "_kill", "binding", "dlopen", "getBuiltinModule", "kill", "send"])
    Object.defineProperty(process, name, { value: undefined, configurable: false });
}
