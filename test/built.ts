// Programs of benchmarks and tests, bundled as the product itself is: what runs the sources would be measured too.
import { basename, join } from "node:path"
import { buildSync } from "esbuild"
import { packageRoot } from "#platform/config"

/** Bundles the file `entry`; gives the one to run, in `dist` under `name`. */
export function built(entry: string, name = basename(entry, ".ts")): string {
  const outfile = join(packageRoot(), `dist/${name}.js`)
  const options = { bundle: true, platform: "node", target: "node20", format: "esm", packages: "external" } as const
  buildSync({ entryPoints: [entry], outfile, ...options })
  return outfile
}
