// Where the embedded server lives: its cluster, socket and log, in the data folder or, for a dropped root, where its user can reach.
import { createHash } from "node:crypto"
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { type Binaries, installedBinaries, readyBinaries } from "./binaries.ts"
import { canReach, chooseRunner, type Runner } from "./runner.ts"

export interface Place {
  readonly home: string
  /** The data of PostgreSQL itself. */
  readonly cluster: string
  readonly log: string
  readonly runner: Runner
  readonly binaries: Binaries
}

const REACHABLE_ROOT = "/var/lib/motlan"
const SOCKET_NAME = ".s.PGSQL.5432"
// 107 on Linux, 103 on macOS: the shorter holds everywhere.
const SOCKET_PATH_BYTES_MAX = 103

/** The folder that holds the cluster of `folder`: itself, or the place its file "elsewhere" names. */
export function homeOf(folder: string): string {
  const pointer = join(folder, "elsewhere")
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : folder
}

export const clusterOf = (home: string): string => join(home, "cluster")

/** Settles whom the server runs as and where, makes the folders, and readies the binaries. Doing it again changes nothing. */
export function settlePlace(folder: string, mayUseNamespace: boolean): Place {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const runner = chooseRunner(clusterOf(homeOf(folder)), mayUseNamespace)
  const home = reachableHome(folder, runner)
  const cluster = clusterOf(home)
  giveTo(runner, cluster)
  const binaries = readyBinaries(installedBinaries(), home, (path) => canReach(runner, path))
  return { home, cluster, log: join(home, "server.log"), runner, binaries }
}

/** The folder of the socket: beside the cluster, or a private short one where that path would be too long. */
export function socketFolder(place: Place): string {
  const near = join(place.home, "run")
  if (Buffer.byteLength(join(near, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX) {
    mkdirSync(near, { recursive: true, mode: 0o700 })
    own(place.runner, near)
    return near
  }
  const note = join(place.home, "socket-folder")
  const known = existsSync(note) ? readFileSync(note, "utf8") : undefined
  if (known && isPrivate(place.runner, known)) return known
  const short = mkdtempSync("/tmp/motlan-")
  own(place.runner, short)
  writeFileSync(note, short)
  return short
}

/** Makes a path belong to the user that the server runs as. */
export function own(runner: Runner, path: string): void {
  if (runner.owner) chownSync(path, runner.owner.uid, runner.owner.gid)
}

function reachableHome(folder: string, runner: Runner): string {
  const home = homeOf(folder)
  own(runner, home)
  if (home !== folder || canReach(runner, home)) return home
  const elsewhere = join(REACHABLE_ROOT, createHash("sha256").update(folder).digest("hex").slice(0, 12))
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 })
  chmodSync(elsewhere, 0o700)
  own(runner, elsewhere)
  if (!canReach(runner, elsewhere))
    throw new Error(`the user that PostgreSQL would run as can reach neither ${folder} nor ${elsewhere}`)
  if (existsSync(clusterOf(folder)))
    throw new Error(`${clusterOf(folder)} can't be reached by the user that PostgreSQL runs as: move it to ${elsewhere}`)
  writeFileSync(join(folder, "elsewhere"), `${elsewhere}\n`)
  return elsewhere
}

/** A cluster that root had run in a namespace before and now must run as another user. */
function giveTo(runner: Runner, cluster: string): void {
  if (!runner.owner || !existsSync(cluster) || lstatSync(cluster).uid === runner.owner.uid) return
  for (const name of readdirSync(cluster, { recursive: true, encoding: "utf8" })) own(runner, join(cluster, name))
  own(runner, cluster)
}

function isPrivate(runner: Runner, path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  const owner = runner.owner?.uid ?? process.geteuid?.()
  if (!found?.isDirectory()) return false
  return found.uid === owner && (found.mode & 0o077) === 0
}
