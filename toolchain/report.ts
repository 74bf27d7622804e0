// Progress for people: one rewritten line in a terminal, a line now and then without one.
import type { Report, ToolchainEvent } from "./types.ts";

/** Where progress goes. */
export interface Progress {
  readonly write: (text: string) => void;
  /** Columns of the terminal; 0 without one. */
  readonly columns: number;
}

const quietSeconds = 15;

/** A receiver of events that writes them as text; without a terminal at the start, every 15 seconds and at the end. */
export function writeProgress({ write, columns }: Progress): Report {
  let said = 0;
  return (event) => {
    const line = describeEvent(event);
    if (columns > 0) {
      const ended = event.state === "finished" || event.state === "failed";
      write(`\r\u001b[K${line.slice(0, columns - 1)}${ended ? "\n" : ""}`);
      return;
    }
    if (event.state === "started") said = 0;
    if (event.state === "going" && event.seconds - said < quietSeconds) return;
    said = event.seconds;
    write(`${line}\n`);
  };
}

// One line such as "compiling Pulumi 3.258.0: 412 of 1678 packages, 1 min 20 s".
function describeEvent({ state, activity, seconds, progress }: ToolchainEvent): string {
  if (state === "started") return `${activity} …`;
  const lasted = describeDuration(seconds);
  if (state === "finished") return `${activity}: done in ${lasted}`;
  if (state === "failed") return `${activity}: failed after ${lasted}`;
  return `${activity}: ${progress ? `${describeProgress(progress)}, ` : ""}${lasted}`;
}

function describeProgress({ done, total, unit }: NonNullable<ToolchainEvent["progress"]>): string {
  return total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`;
}

function describeDuration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
