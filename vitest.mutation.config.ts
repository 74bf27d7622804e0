// The tests of what `npm run mutate` breaks, which it runs thousands of times: none that takes seconds or is random.
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/compile/**/*.test.ts", "test/model/**/*.test.ts", "test/plan/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/compile/{mutated,bad-input}.test.ts"],
    testNamePattern: /^(?!.*(without end|ten thousand grants))/,
    testTimeout: 120_000,
  },
});
