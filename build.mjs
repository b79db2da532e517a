// Bundles the program into dist/main.js, so that a production start needs no TypeScript at run time.
import { chmodSync } from "node:fs"
import { build } from "esbuild"
import metadata from "./package.json" with { type: "json" }

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: true,
  banner: { js: `#!/usr/bin/env -S node ${metadata.config.nodeFlags}` },
  logLevel: "error",
})
chmodSync("dist/main.js", 0o755)
