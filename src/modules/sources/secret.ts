// Secrets of a source: read from a file or a variable when the source is opened; never from the declaration itself.
import { readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { SECRET_BYTES_MAX } from "./limits.ts"
import type { Secret } from "./source-file.ts"

/** The secret, or undefined when there is none where it should be. */
export function findSecret(folder: string, { env, file }: Secret): string | undefined {
  if (env !== undefined) return process.env[env] || undefined
  if (file === undefined) return undefined
  const path = resolve(folder, file)
  try {
    if (statSync(path).size > SECRET_BYTES_MAX) return undefined
    return readFileSync(path, "utf8").replace(/\r?\n$/, "") || undefined
  } catch {
    return undefined
  }
}
