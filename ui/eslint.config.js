import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const elsewhere = [
  {
    group: ["@tauri-apps/*"],
    message: "Only src/ipc/index.ts speaks to the shell; go through ipc().",
  },
  { group: ["**/recorded", "**/recorded/*"], message: "The recorded backend is for tests alone." },
  { regex: "^@lucide/svelte$", message: "Import one icon: @lucide/svelte/icons/NAME." },
];

export default ts.config(
  { ignores: ["dist", "src/bindings", "test/canary"] },
  ts.configs.strict,
  svelte.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: elsewhere }],
      "svelte/require-each-key": "error",
      "svelte/no-at-html-tags": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },
  {
    files: ["src/ipc/**", "test/**", "scripts/**"],
    rules: { "@typescript-eslint/no-restricted-imports": "off", "no-console": "off" },
  },
);
