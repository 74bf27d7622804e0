// What takes time says so: when it starts, once a second, and when it is finished.
import type { Report, ToolchainEvent } from "./types.ts";

/** An activity that has started. */
export interface Activity {
  /** From now on the events say how far it is. */
  progress(progress: NonNullable<ToolchainEvent["progress"]>): void;
  /** Ends the events. */
  end(as: "finished" | "failed"): void;
}

/** Starts an activity and reports it. */
export function startActivity(report: Report, activity: string): Activity {
  const started = performance.now();
  let progress: ToolchainEvent["progress"];
  const say = (state: ToolchainEvent["state"]) =>
    report({ state, activity, seconds: (performance.now() - started) / 1000, ...(progress && { progress }) });
  say("started");
  const ticking = setInterval(say, 1000, "going");
  return {
    progress(reached) {
      progress = reached;
    },
    end(as) {
      clearInterval(ticking);
      say(as);
    },
  };
}

/** The result of `work`, reported as an activity. */
export async function withActivity<Result>(
  report: Report,
  name: string,
  work: (activity: Activity) => Promise<Result>,
): Promise<Result> {
  const activity = startActivity(report, name);
  let end: "finished" | "failed" = "failed";
  try {
    const result = await work(activity);
    end = "finished";
    return result;
  } finally {
    activity.end(end);
  }
}
