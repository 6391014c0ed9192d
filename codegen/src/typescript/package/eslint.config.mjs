// The written parts, as the strictest rules of typescript-eslint see what TypeScript cannot.
import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  eslint.configs.recommended,
  { files: ["src/*.d.ts"], extends: [tseslint.configs.strict, tseslint.configs.stylistic] },
  {
    files: ["src/*.d.ts"],
    rules: {
      // What two keywords say is no interface.
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/consistent-indexed-object-style": "off",
      // Of Vitest and the AWS CDK, whose own types say `any`.
      "@typescript-eslint/no-explicit-any": "off",
    },
  },
  {
    files: ["src/jest.d.ts"],
    rules: {
      // The parameters have to be those of Jest's own types.
      "@typescript-eslint/no-empty-object-type": "off",
      "@typescript-eslint/no-unused-vars": "off",
    },
  },
);
