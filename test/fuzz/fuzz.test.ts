import { describe, expect, it } from "vitest";
import { runCases } from "../../fuzz/bounded.ts";
import { describeFailure, type Judge, runCase } from "../../fuzz/cases.ts";

const bounds = { seconds: 60, mebibytes: 512 };

/** A judge that has something against stars. */
const hatesStars: Judge = ({ value }) =>
  value.some(({ text }) => text.includes("*")) ? "there is a star" : undefined;

function firstFailure(judge: Judge) {
  for (let seed = 1; ; seed += 1) {
    const failure = runCase(seed, judge);
    if (failure) return failure;
  }
}

describe("fuzzing", () => {
  it("finds no fault in 2,000 estates", async () => {
    const { passed, failure } = await runCases(1, 2000, bounds);
    expect(failure).toBeUndefined();
    expect(passed).toBe(2000);
  });

  it("reduces a faulty estate to what matters, and says how to see it again", () => {
    const failure = firstFailure(hatesStars);
    expect([...failure.entries.values()].length).toBe(1);
    const description = describeFailure(failure);
    expect(description).toContain(
      `there is a star\nsee it again: npm run fuzz -- --cases 1 --seed ${failure.seed}`,
    );
    expect(description).toContain("*");
    expect(runCase(failure.seed, hatesStars)).toEqual(failure);
  });

  it("takes what is thrown for a fault", () => {
    const failure = runCase(1, () => {
      throw new Error("never");
    });
    expect(failure?.fault).toMatch(/^throws Error: never/);
  });

  it("ends a case that takes too long, and shows it", async () => {
    const { passed, failure } = await runCases(7, 1, { ...bounds, seconds: 0 });
    expect(passed).toBe(0);
    expect(failure).toMatch(/^takes more than 0 s\nsee it again: npm run fuzz -- --cases 1 --seed 7\n/);
  });
});
