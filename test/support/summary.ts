import type { Reporter, TestModule } from "vitest/node";

/** Closes a run with one line of its own, `N passed, N failed`, for people and for pipelines that look for it. */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const passed = states.filter((state) => state === "passed").length;
    const failed = states.filter((state) => state === "failed").length + broken;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
