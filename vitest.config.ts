import { defineConfig } from "vitest/config";

const endToEnd = "test/end-to-end/**/*.test.ts";
const conformance = "test/conformance/**/*.test.ts";
const browser = "test/browser/**/*.test.ts";

export default defineConfig({
  test: {
    reporters: ["dot", "./test/support/summary.ts"],
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["test/**/*.test.ts"], exclude: [endToEnd, conformance, browser] },
      },
      {
        extends: true,
        test: { name: "end-to-end", include: [endToEnd], globalSetup: "./test/support/toolchain-setup.ts" },
      },
      { extends: true, test: { name: "conformance", include: [conformance] } },
      { extends: true, test: { name: "browser", include: [browser] } },
    ],
    pool: "forks",
    // Most of the time one end-to-end test waits for the tenant and another one can use the processor.
    maxWorkers: 2,
    // The engine's runs take seconds each, more while the rest of the suite keeps the machine busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
