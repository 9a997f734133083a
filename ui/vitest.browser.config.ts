import { defineConfig } from "vitest/config";

/** What `npm run pictures` and `npm run bench` name; otherwise every test. */
const tool = process.env["BROWSER_TOOL"];

/** The tests in a real browser, on the built gallery: as many pages at once as keep two cores busy. */
export default defineConfig({
  test: {
    include: [tool === undefined ? "test/browser/**/*.test.ts" : `test/browser/${tool}.ts`],
    globalSetup: "test/browser/served.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes at once, but beside five other pages not within the usual second.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    maxConcurrency: 3,
    fileParallelism: tool === undefined,
  },
});
