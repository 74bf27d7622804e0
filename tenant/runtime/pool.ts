import type { PackageSet } from "./packages.ts";
import type { Job } from "./protocol.ts";
import {
  type Ending,
  type SandboxOptions,
  type SandboxProcess,
  startSandboxProcess,
  type Watcher,
} from "./sandbox-process.ts";

/** Executions of one lane that run at the same time; further ones wait. */
const CONCURRENT_PER_LANE = 4;
/** Processes that are kept when nothing runs: fewer would be ended and started over and over while many log in. */
const KEPT = CONCURRENT_PER_LANE;

/** A job, and the packages that the process must have for it. */
export interface Work {
  readonly job: Job;
  readonly packages: readonly PackageSet[];
}

/** Sandbox processes, reused; started when first needed. */
export interface Pool {
  /**
   * Runs a job in a process of its own. Lanes (the trigger of the policy) do not wait for each other: a login whose policy
   * asks for a token waits for the token exchange's policies, and would wait for ever behind other logins.
   */
  run(lane: string, work: Work, deadline: number, watcher: Watcher): Promise<Ending>;
  /** Ends all processes; executions under way end as crashed. */
  close(): void;
}

export function createPool(options: () => SandboxOptions): Pool {
  const idle: SandboxProcess[] = [];
  const all = new Set<SandboxProcess>();
  const lanes = new Map<string, { running: number; waiting: (() => void)[] }>();
  let closed = false;

  const start = () => {
    const started = startSandboxProcess(options());
    all.add(started);
    return started;
  };
  const take = () => {
    // What a policy left behind may have ended a process that was waiting for the next execution.
    for (let waiting = idle.pop(); waiting; waiting = idle.pop())
      if (waiting.isAlive()) return waiting;
      else end(waiting);
    return start();
  };
  const end = (used: SandboxProcess) => {
    used.kill();
    all.delete(used);
  };

  return {
    async run(name, work, deadline, watcher) {
      if (closed) return { kind: "crash" };
      const lane = lanes.get(name) ?? { running: 0, waiting: [] };
      lanes.set(name, lane);
      if (lane.running >= CONCURRENT_PER_LANE)
        await new Promise<void>((resolve) => {
          lane.waiting.push(resolve);
        });
      else lane.running += 1;
      const used = take();
      const { ending, reusable } = await used.run(work, deadline, watcher);
      if (reusable && !closed && idle.length < KEPT) idle.push(used);
      else end(used);
      const next = lane.waiting.shift();
      if (next === undefined) lane.running -= 1;
      else next();
      return ending;
    },
    close() {
      closed = true;
      for (const started of all) end(started);
      idle.length = 0;
    },
  };
}
