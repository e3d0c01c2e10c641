// Rules for the scripts of the report, of the what-if page and of their tests; run by lint.sh from the root of the project.
import js from "@eslint/js";
import globals from "globals";

const NAMES = {
  // A name says what it holds; x and y are coordinates, and a leading underscore is what a callback leaves out.
  "id-length": ["error", { min: 2, properties: "never", exceptions: ["x", "y", "_"] }],
  camelcase: "off",
};
const SHAPE = {
  "max-lines": ["error", { max: 600, skipComments: true, skipBlankLines: true }],
  "max-lines-per-function": ["error", { max: 75 }],
  complexity: ["error", 15],
  "max-params": ["error", 5],
  "max-statements-per-line": ["error", { max: 1 }],
  "one-var": ["error", "never"],
};
const SAFE = {
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "no-implicit-globals": "error",
  "no-param-reassign": "error",
  "no-shadow": ["error", { builtinGlobals: false }],
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-use-before-define": ["error", { functions: false, variables: false }],
  "no-var": "error",
  "prefer-const": "error",
  "func-style": ["error", "declaration", { allowArrowFunctions: true }],
};
// `src/report/script.rs` makes one script of the modules and reads these forms only.
const READ_BY_THE_PAGE = {
  "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true } }],
  "no-restricted-syntax": [
    "error",
    { selector: "ExportAllDeclaration", message: "Name what is exported." },
    { selector: "ExportNamedDeclaration[declaration=null]", message: "Export where it is declared." },
    { selector: "ExportNamedDeclaration > VariableDeclaration[kind!='const']", message: "Export constants." },
    { selector: "ImportDefaultSpecifier, ImportNamespaceSpecifier", message: "Import by name." },
  ],
  "no-duplicate-imports": "error",
};

export default [
  { ignores: ["**/node_modules/", "**/vendor/", "target/"] },
  js.configs.recommended,
  { rules: { ...NAMES, ...SHAPE, ...SAFE } },
  {
    files: ["assets/report/{script,words}/**/*.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.browser, echarts: "readonly" } },
    rules: READ_BY_THE_PAGE,
  },
  {
    files: ["site/**/*.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.browser, ...globals.serviceworker } },
    rules: { "no-duplicate-imports": "error" },
  },
  {
    files: ["tests/browser/**/*.mjs", "assets/report/build/*.js", "site/build.mjs", "docs/tutorial/*.mjs"],
    languageOptions: { sourceType: "module", globals: { ...globals.node, ...globals.browser } },
  },
];
