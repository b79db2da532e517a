// Tells processes apart: a pid alone may be dead, a zombie, or given to somebody else since.
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, readlinkSync } from "node:fs"

const onLinux = process.platform === "linux"

/**
 * What tells this run of a process from a later one with the same pid: boot and start time. Undefined when no such
 * process runs; a zombie does not run.
 */
export function identityOf(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (!onLinux) return ask("lstart", pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    if (fields[0] === "Z" || fields[0] === "X") return undefined
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()
    return `${boot}/${fields[19]}`
  } catch {
    return undefined
  }
}

/** True when `pid` runs now and is a PostgreSQL server working in `folder` (real path of its data). */
export function isServerOf(pid: number, folder: string): boolean {
  if (identityOf(pid) === undefined) return false
  if (!onLinux) return /postgres/.test(ask("command", pid) ?? "")
  const cwd = workFolder(pid)
  return cwd === undefined ? /postgres/.test(commandOf(pid)) : cwd === folder
}

/** Pids of all processes that work in `folder`; a server's orphaned children are found by it. Empty where /proc is missing. */
export function processesIn(folder: string): number[] {
  if (!onLinux) return []
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workFolder(pid) === folder && identityOf(pid) !== undefined)
}

/** Sends a signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false
    throw error
  }
}

function workFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1")
  } catch {
    return ""
  }
}

function ask(what: "lstart" | "command", pid: number): string | undefined {
  try {
    return execFileSync("ps", ["-o", `${what}=`, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined
  } catch {
    return undefined
  }
}
