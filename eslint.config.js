/** The linter of static/js: what the formatter and the compiler do not see. */
import js from "@eslint/js";
import globals from "globals";
import { fileURLToPath } from "node:url";
import { wings } from "./tests/lint/wings.js";

/** What a wing of static/js may import from, besides itself. @type {Record<string, string[]>} */
const MAY_IMPORT = {
  shell: [],
  capsules: ["shell"],
  words: ["shell", "capsules"],
  api: ["shell", "capsules"],
  state: ["shell", "capsules", "words", "api"],
  charts: ["shell", "capsules"],
  widgets: ["shell", "capsules", "words", "state", "charts"],
  figures: ["shell", "capsules", "words", "state", "charts", "widgets"],
  rooms: ["shell", "capsules", "words", "api", "state", "charts", "widgets", "figures"],
};

export default [
  { ignores: [".venv/", "node_modules/", "runs/", "data/", "build/", "dist/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "no-implicit-globals": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
      "no-var": "error",
      "max-len": ["error", { code: 120, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  {
    files: ["static/js/**/*.js"],
    languageOptions: { globals: globals.browser },
    plugins: { capsnet: { rules: { wings } } },
    rules: {
      "capsnet/wings": [
        "error",
        {
          root: fileURLToPath(new URL("static/js", import.meta.url)),
          mayImport: MAY_IMPORT,
          apart: ["figures"], // a figure knows no other
          // A trace is of anything, and no subject knows another but what it is built on.
          never: [
            ...["digit", "pair", "view", "drawing"].map((subject) => `state/trace -> state/${subject}`),
            ...["digit", "pair", "view"].map((subject) => `state/drawing -> state/${subject}`),
            ...["pair", "view"].map((subject) => `state/digit -> state/${subject}`), // a view is of one digit
            ...["digit", "view"].map((subject) => `state/pair -> state/${subject}`),
            "state/view -> state/pair",
          ],
        },
      ],
    },
  },
  { files: ["tests/js/**/*.js", "*.config.js"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
