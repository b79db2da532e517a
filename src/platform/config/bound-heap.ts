// How much garbage the program lets lie before it is collected.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { setFlagsFromString } from "node:v8"
import { packageRoot } from "./package-root.ts"

/** Left to itself V8 lets the heap grow to four times of what lives in it. */
const GROWTH_PERCENT = 100

/**
 * Lets the heap grow to twice of what lives in it, and no further: a site shares its machine with its database. What is made for one request
 * is never made among what lives long, though much of it was found alive once: there it would lie, with all that hangs on it, until the whole heap is collected.
 */
export const boundHeap = (): void => {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
  setFlagsFromString("--no-allocation-site-pretenuring")
}

/**
 * Options of Node.js under which the program runs; the first line of dist/main.js has them, because V8 takes them at its start alone. In what is
 * young there must be room for a crowd that waits for the disk: each scavenge copies it, however little has died since the one before. Twice as
 * much would take a site with 5,000 definitions above 300 MB (docs/benchmarks.md).
 */
export const nodeFlags = (): string[] => {
  const { config } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { config: { nodeFlags: string } }
  return config.nodeFlags.split(" ")
}
