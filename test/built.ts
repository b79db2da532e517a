// Programs of benchmarks and tests, bundled as the product itself is: what runs the sources would be measured too.
import { basename, join } from "node:path"
import { buildSync } from "esbuild"
import { packageRoot } from "#platform/config"
import metadata from "../package.json" with { type: "json" }

/**
 * Options of Node.js under which the product runs: the first line of dist/main.js has them, since V8 takes them at its start alone. Among what is
 * young there must be room for a crowd that waits for the disk: each scavenge copies it, however little has died since the one before.
 */
export const NODE_FLAGS: readonly string[] = metadata.config.nodeFlags.split(" ")

/** Bundles the file `entry`; gives the one to run, in `dist` under `name`. */
export function built(entry: string, name = basename(entry, ".ts")): string {
  const outfile = join(packageRoot(), `dist/${name}.js`)
  const options = { bundle: true, platform: "node", target: "node20", format: "esm", packages: "external" } as const
  buildSync({ entryPoints: [entry], outfile, ...options })
  return outfile
}
