// The modules in src/ and those of the TypeScript package come in; two classic scripts go out, which run from a folder,
// too: one for each page, one more for the tester. `node build.mjs FOLDER` writes them elsewhere.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? fileURLToPath(new URL("../assets", import.meta.url));

await build({
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  entryPoints: ["src/site.ts", "src/theme.ts", "src/try.ts"],
  outdir: folder,
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  minify: true,
  legalComments: "none",
  banner: { js: "// Made of site/script by `npm run build`. Do not edit." },
});
