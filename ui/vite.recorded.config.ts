import { defineConfig } from "vite";
import app from "./vite.config.ts";

/** The galleries of screens and of components, on the recorded backend; never what the app bundles. */
export default defineConfig({
  ...app,
  build: {
    ...app.build,
    outDir: "../target/ui-recorded",
    emptyOutDir: true,
    rolldownOptions: { input: ["recorded.html", "components.html"] },
  },
});
