import { defineConfig } from "vite";
import app from "./vite.config";

/** The gallery of screens on the recorded backend; never what the app bundles. */
export default defineConfig({
  ...app,
  build: {
    ...app.build,
    outDir: "../target/ui-recorded",
    emptyOutDir: true,
    rolldownOptions: { input: ["recorded.html"] },
  },
});
