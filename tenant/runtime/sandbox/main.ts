// The entry of a sandbox process: takes one execution after the other from the tenant, each in a fresh realm. Policies
// are kept from the disk and from other programs by Node's permission model, and from this process's own powers by what
// is taken away below.

import { AsyncLocalStorage } from "node:async_hooks";
import tls from "node:tls";
import type { ConsoleLine, Effect, FromSandbox, Job, ToSandbox } from "../protocol.ts";
import { runActions } from "./actions.ts";
import { describeError, type Execution } from "./execution.ts";
import { runHook } from "./hook.ts";
import { restrictNetwork } from "./network.ts";
import type { PackageCode } from "./policy-require.ts";
import { createRealm } from "./realm.ts";
import { onRequest } from "./requests.ts";
import { runRules } from "./rules.ts";

/** The most console output of one execution, in characters; what comes after is cut off. */
const CONSOLE_LIMIT = 64 * 1024;
/** The most effects of one policy that are told. */
const EFFECTS_LIMIT = 200;
/** The most characters of a result. */
const RESULT_LIMIT = 4_000_000;

const exit = process.exit.bind(process);
const send = process.send?.bind(process) ?? exit;
removePowers();

const executions = new AsyncLocalStorage<Execution>();
const packages: PackageCode = new Map();
process.on("unhandledRejection", reportLateError);
process.on("uncaughtException", reportLateError);
process.on("disconnect", () => exit());
process.on("message", (message: ToSandbox) => {
  if (message.type === "run") return execute(message.run, message.job);
  if (message.type === "packages") return void packages.set(message.key, message.code);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ...message.certificates]);
  restrictNetwork(message.network);
  onRequest(() => executions.getStore()?.note);
  tell({ type: "ready", run: 0, busy: false });
});

function execute(run: number, job: Job): void {
  const idle = process.getActiveResourcesInfo().length;
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

  let step: { readonly begun: number; readonly effects: Effect[] } | undefined;
  const endStep = () => {
    if (step) tell({ type: "ran", run, milliseconds: performance.now() - step.begun, effects: step.effects });
    step = undefined;
  };
  const end = (message: FromSandbox) => {
    if (ended) return;
    endStep();
    ended = true;
    realm.end();
    tell(message);
    // Only a process whose event loop still turns, and in which nothing goes on, may be used again.
    setImmediate(() => tell({ type: "ready", run, busy: process.getActiveResourcesInfo().length > idle }));
  };
  const execution: Execution = {
    by: undefined,
    begin(name) {
      endStep();
      execution.by = name;
      step = { begun: performance.now(), effects: [] };
    },
    note: (effect) => {
      if (step && step.effects.length < EFFECTS_LIMIT) step.effects.push(effect);
    },
    succeed: (valueJson) => {
      if (valueJson.length > RESULT_LIMIT) execution.fail(new RangeError("the policy's result is too large"));
      else end({ type: "done", run, valueJson });
    },
    fail: (error, reusable = true) =>
      end({ type: "failed", run, error: describeError(error, execution.by), reusable }),
  };
  executions.run(execution, async () => {
    try {
      if (job.kind === "rules") await runRules(job, realm, execution, packages);
      else if (job.kind === "hook") runHook(job, realm, execution, packages);
      else await runActions(job, realm, execution, packages);
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
  // Small buffers would be cut from one piece of memory, in which every execution could read those of others.
  Buffer.poolSize = 0;
}
