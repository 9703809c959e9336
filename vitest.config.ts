import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // The parsers are loaded once for all test files. Tests keep no global state.
    isolate: false,
    // Facts about libraries make keys and wait for clocks; a busy machine takes its time.
    testTimeout: 60_000,
    setupFiles: ["tests/kit/clock.ts"],
    reporters: ["default", "./tests/kit/tally-reporter.ts"],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/types.ts", "src/libraries/types.ts"],
      reporter: ["text-summary", "html"],
    },
  },
});
