import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createClock } from "../../tenant/clock.ts";

/** Stands in for the machine's clock; the result moves it. */
function machineAt(now: number): (milliseconds: number) => void {
  vi.useFakeTimers({ now, toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  return (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds);
}

describe("a clock", () => {
  it("goes with the machine's, from where it is put or moved to", () => {
    const pass = machineAt(1000);
    const clock = createClock();
    clock.advance(500);
    pass(10);
    expect(clock.now()).toBe(1510);
    clock.set(90_000);
    pass(10);
    expect([clock.now(), clock.seconds(), clock.iso()]).toEqual([90_010, 90, "1970-01-01T00:01:30.010Z"]);
  });

  it("stands while it is frozen, but for what moves it, and goes on from there", () => {
    const pass = machineAt(1000);
    const clock = createClock();
    clock.freeze();
    pass(10);
    expect([clock.now(), clock.isFrozen()]).toEqual([1000, true]);
    clock.advance(-1000);
    expect(clock.now()).toBe(0);
    clock.run();
    pass(10);
    expect([clock.now(), clock.isFrozen()]).toEqual([10, false]);
  });

  it("stays where it is if it is sent where no date is", () => {
    machineAt(1000);
    const clock = createClock();
    for (const nowhere of [-1, 1e15, Number.NaN]) expect(() => clock.set(nowhere)).toThrow(RangeError);
    expect(() => clock.advance(-1001)).toThrow(RangeError);
    expect(clock.now()).toBe(1000);
  });

  it("begins with the time of another one, and stands if that one does", () => {
    const pass = machineAt(1000);
    const other = createClock();
    other.set(5000);
    other.freeze();
    const clock = createClock(other);
    other.advance(1);
    pass(10);
    expect(clock.now()).toBe(5000);
  });
});
