import { defineConfig } from "vitest/config";

/** The tests in a real browser, on the built gallery. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
