import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";
import rooms from "./scripts/rooms.mjs";

export default ts.config(
  { ignores: ["dist", "node_modules", "e2e/shots", "src/client/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks, rooms },
    rules: {
      ...hooks.configs.recommended.rules,
      "rooms/arrows": "error",
      "rooms/no-cycle": "error",
      "rooms/no-barrel": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
    },
  },
  {
    files: ["scripts/**/*.mjs", "e2e/**/*.mjs", "eslint.config.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly", fetch: "readonly", setTimeout: "readonly", localStorage: "readonly", document: "readonly", window: "readonly", Buffer: "readonly" } },
  },
);
