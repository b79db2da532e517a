// Programs of the benchmarks, bundled as the product itself is: what runs the sources would be measured too.
import { join } from "node:path"
import { buildSync } from "esbuild"
import { packageRoot } from "#platform/config"

/** Bundles `bench/NAME.ts`; gives the file to run. */
export function built(name: string): string {
  const outfile = join(packageRoot(), `dist/${name}.js`)
  const entryPoints = [join(import.meta.dirname, `${name}.ts`)]
  buildSync({ entryPoints, outfile, bundle: true, platform: "node", target: "node20", format: "esm", packages: "external" })
  return outfile
}
