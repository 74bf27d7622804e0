import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["dot", "./test/support/summary.ts"],
    pool: "forks",
    // The engine's runs take seconds each, more while the rest of the suite keeps the machine busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
