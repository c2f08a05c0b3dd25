import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Folders whose programs speak to a terminal. Everywhere else a function returns what it has to say. */
const speaking = ["scripts/**", "src/cli/**", "bench/**"];

export default defineConfig(
  globalIgnores(["src/chain/types/", "artifacts/", "cache/", "coverage/", "examples/data/"]),
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Branded money and ids are bigints and numbers with a name; minus one Credits is fine.
      "@typescript-eslint/no-unsafe-unary-minus": "off",
      // With noUncheckedIndexedAccess, `!` is how a loop says that its index is in range.
      "@typescript-eslint/no-non-null-assertion": "off",
      // The house has objects of functions, which never ask who `this` is.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      // An interface may ask for a promise where one implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  { files: speaking, rules: { "no-console": "off" } },
  {
    files: ["test/**/*.ts"],
    rules: {
      // chai's assertions are property reads; contracts reached by name have no types.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
);
