// Where the package lies: the same for the source, which is spread over folders, and for the bundle, which is one file.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** The folder of the package.json above this program; db/migrations and countries lie in it. */
export function packageRoot(): string {
  for (let dir = import.meta.dirname; dir !== dirname(dir); dir = dirname(dir)) {
    const file = join(dir, "package.json")
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "motlan") return dir
  }
  throw new Error("the program lies in no motlan package: its package.json is missing")
}
