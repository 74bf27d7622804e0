import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../../toolchain/lock.ts";
import { sandbox, uncancelled } from "./support/sandbox.ts";

const nobodyWaits = () => expect.unreachable("the lock was held");

describe("the lock of a part", () => {
  it("is gone once it is released, and leaves nothing", async () => {
    const { root } = sandbox();
    const lock = await acquireLock(join(root, "lock"), nobodyWaits, uncancelled);
    expect(readdirSync(root)).toEqual(["lock"]);
    lock.release();
    expect(readdirSync(root)).toEqual([]);
  });

  it("passes to the one who waits", async () => {
    const path = join(sandbox().root, "lock");
    const first = await acquireLock(path, nobodyWaits, uncancelled);
    const holders: number[] = [];
    const second = await acquireLock(
      path,
      (holder) => {
        holders.push(holder);
        first.release();
      },
      uncancelled,
    );
    expect(holders).toEqual([process.pid]);
    second.release();
  });

  it("is taken over from a process that has ended", async () => {
    const box = sandbox();
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const path = box.file("lock", `${pid}\n${hostname()}\nnonce\n`);
    const lock = await acquireLock(path, nobodyWaits, uncancelled);
    expect(readFileSync(path, "utf8")).toMatch(new RegExp(`^${process.pid}\n`));
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it("is taken over from another machine that has stopped touching it", async () => {
    const path = sandbox().file("lock", "1\nelsewhere\nnonce\n");
    utimesSync(path, 0, 0);
    const lock = await acquireLock(path, nobodyWaits, uncancelled);
    lock.release();
  });

  it("stays with another machine that still touches it; waiting can be cancelled", async () => {
    const path = sandbox().file("lock", "1\nelsewhere\nnonce\n");
    const cancellation = new AbortController();
    const waiting = acquireLock(path, () => cancellation.abort(), cancellation.signal);
    await expect(waiting).rejects.toThrow("aborted");
    expect(readFileSync(path, "utf8")).toMatch(/elsewhere/);
  });
});
