import { defineConfig } from "vitest/config";

/** What `npm run pictures` and `npm run bench` name; otherwise every test. */
const tool = process.env["BROWSER_TOOL"];

/** The tests in a real browser, on the built gallery. */
export default defineConfig({
  test: {
    include: [tool === undefined ? "test/browser/**/*.test.ts" : `test/browser/${tool}.ts`],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
