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
  },
});
