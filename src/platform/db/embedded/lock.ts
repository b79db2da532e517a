// One program at a time on a data folder: a lock file that names its holder and how to tell that it still runs.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { identityOf } from "./processes.ts"

export interface Lock {
  release(): void
}

/** Thrown when another running program holds the lock. */
export class LockHeld extends Error {
  constructor(
    readonly path: string,
    readonly pid: number,
  ) {
    super(
      `another motlan (pid ${pid}) works on this data folder: stop it with "motlan stop", or choose another folder with --data`,
    )
  }
}

const TRIES_MAX = 5

/** Takes the lock at `path`. A lock whose holder is proven dead is taken over. Throws LockHeld. */
export function takeLock(path: string): Lock {
  const mine = `${process.pid}\n${identityOf(process.pid)}\n`
  const fresh = `${path}.${process.pid}`
  for (let i = 0; i < TRIES_MAX; i++) {
    writeFileSync(fresh, mine, { mode: 0o644 })
    try {
      linkSync(fresh, path)
      return { release: () => readText(path) === mine && rmSync(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
      removeStale(path)
    } finally {
      rmSync(fresh, { force: true })
    }
  }
  throw new Error(`the lock ${path} changes hands too fast`)
}

/** The pid of the running program that holds the lock at `path`. */
export function holderOf(path: string): number | undefined {
  const text = readText(path)
  return text === undefined ? undefined : runningHolder(text)
}

function runningHolder(text: string): number | undefined {
  const [pid, identity] = text.split("\n")
  const now = identityOf(Number(pid))
  return now !== undefined && now === identity ? Number(pid) : undefined
}

/** Moves a dead holder's lock aside, and gives it back if in that moment somebody living had taken it. */
function removeStale(path: string): void {
  const seen = readText(path)
  if (seen === undefined) return
  const holder = runningHolder(seen)
  if (holder !== undefined) throw new LockHeld(path, holder)
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    if (readText(aside) !== seen) linkSync(aside, path)
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}
