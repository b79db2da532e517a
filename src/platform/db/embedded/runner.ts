// Whom the server runs as. PostgreSQL refuses the superuser, so that as root it needs a user namespace or another user.
import { spawnSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"

export interface Runner {
  /** Put before the command: the namespace's, or nothing. */
  readonly prefix: readonly string[]
  /** Set when the program drops to another user; files of the server belong to it. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
}

const USERS = ["motlan", "postgres", "nobody"]

/**
 * Chooses how the server runs. An ordinary user runs it plainly. Root keeps to the owner of an existing cluster if
 * that is not root, else takes a user namespace, in which files stay root's, else drops to an unprivileged user.
 */
export function chooseRunner(cluster: string, mayUseNamespace: boolean): Runner {
  const plain: Runner = { prefix: [], owner: undefined }
  if (process.geteuid?.() !== 0) return plain
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { prefix: [], owner: { uid: owner.uid, gid: owner.gid } }
  return (mayUseNamespace ? namespace() : undefined) ?? { prefix: [], owner: unprivilegedUser() }
}

/** True when the server's user can read and run `path`; asked of the system, not computed from modes. */
export function canReach(runner: Runner, path: string): boolean {
  if (runner.owner === undefined) return true
  const asked = spawnSync("/bin/sh", ["-c", 'test -r "$1" && test -x "$1"', "sh", path], {
    ...runner.owner,
    cwd: "/",
    stdio: "ignore",
  })
  return asked.status === 0
}

function namespace(): Runner | undefined {
  const user = accounts().find((account) => account.name === "nobody")
  if (process.platform !== "linux" || user === undefined) return undefined
  const prefix = ["unshare", "-U", `--map-user=${user.uid}`, `--map-group=${user.gid}`]
  const tried = spawnSync(prefix[0]!, [...prefix.slice(1), "true"], { stdio: "ignore" })
  return tried.status === 0 ? { prefix, owner: undefined } : undefined
}

function unprivilegedUser(): { uid: number; gid: number } {
  const all = accounts()
  const user = USERS.map((name) => all.find((account) => account.name === name)).find((account) => account !== undefined)
  if (!user) throw new Error("PostgreSQL does not run as root and no unprivileged user was found: start as an ordinary user")
  return { uid: user.uid, gid: user.gid }
}

function accounts(): { name: string; uid: number; gid: number }[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length > 3 && Number(fields[2]) > 0)
    .map((fields) => ({ name: fields[0]!, uid: Number(fields[2]), gid: Number(fields[3]) }))
}
