import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { licences } from "./scripts/licences.ts";

/** Components and flows, on a DOM without a browser. */
export default defineConfig({
  plugins: [svelte(), svelteTesting(), licences()],
  test: {
    environment: "happy-dom",
    include: ["test/{unit,flows}/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 15_000,
    // One window for all files of a worker: making it and loading the page took a third of the time.
    // What a module keeps is forgotten before each test (`test/anew.ts`).
    isolate: false,
    // Vitest leaves a processor to itself; it needs none once the page is compiled.
    maxWorkers: "100%",
    // Pages are made and thrown away all the time: with more room for what is young Node collects less,
    // and collectors of their own would take the processors from the workers.
    execArgv: ["--max-semi-space-size=64", "--single-threaded-gc"],
  },
});
