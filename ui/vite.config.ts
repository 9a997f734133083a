import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { licences } from "./scripts/licences.ts";

export default defineConfig({
  plugins: [svelte(), licences()],
  // The window's own engines: WebKitGTK 2.50 and Safari on macOS, WebView2 on Windows.
  build: {
    target: ["safari26", "chrome140"],
    modulePreload: { polyfill: false },
    // The content policy takes fonts and images from files of the app alone.
    assetsInlineLimit: 0,
    // One file for all styles: they repeat each other, and compress to two thirds of what they do apart.
    cssCodeSplit: false,
    rolldownOptions: {
      input: ["index.html", "reveal.html", "consent.html"],
      checks: { pluginTimings: false },
    },
    // The licences of all packages, loaded when somebody reads them; scripts/size.mjs holds what counts.
    chunkSizeWarningLimit: 1_000,
    reportCompressedSize: false,
  },
  // The port that src-tauri/development.conf.json names; another one would show an empty window.
  server: { port: 5173, strictPort: true },
  clearScreen: false,
});
