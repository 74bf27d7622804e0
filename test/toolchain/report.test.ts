import { describe, expect, it } from "vitest";
import { type ToolchainEvent, writeProgress } from "../../toolchain/index.ts";

function written(columns: number, events: readonly ToolchainEvent[]): string {
  let text = "";
  const report = writeProgress({
    columns,
    write: (more) => {
      text += more;
    },
  });
  for (const event of events) report(event);
  return text;
}

const event = (state: ToolchainEvent["state"], seconds: number): ToolchainEvent => ({
  state,
  activity: "compiling Pulumi",
  seconds,
  progress: { done: 5, total: 20, unit: "packages" },
});

describe("progress", () => {
  it("is a line at the start, every fifteen seconds and at the end without a terminal", () => {
    const seconds = Array.from({ length: 70 }, (_, second) => event("going", second + 1));
    expect(written(0, [event("started", 0), ...seconds, event("finished", 71)]).split("\n")).toEqual([
      "compiling Pulumi …",
      "compiling Pulumi: 5 of 20 packages, 15 s",
      "compiling Pulumi: 5 of 20 packages, 30 s",
      "compiling Pulumi: 5 of 20 packages, 45 s",
      "compiling Pulumi: 5 of 20 packages, 1 min 0 s",
      "compiling Pulumi: done in 1 min 11 s",
      "",
    ]);
  });

  it("is one rewritten line of the terminal's width in a terminal", () => {
    expect(written(20, [event("started", 0), event("going", 1), event("finished", 2)])).toBe(
      "\r\u001b[Kcompiling Pulumi …\r\u001b[Kcompiling Pulumi: 5\r\u001b[Kcompiling Pulumi: d\n",
    );
  });

  it("says what failed", () => {
    expect(written(0, [event("failed", 3)])).toBe("compiling Pulumi: failed after 3 s\n");
  });
});
