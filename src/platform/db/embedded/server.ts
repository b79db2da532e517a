// Starts, adopts and stops the embedded PostgreSQL of a data folder. It listens on a Unix socket only.
import { spawn } from "node:child_process"
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { ensureCluster, SUPERUSER } from "./cluster.ts"
import { clusterOf, homeOf, own, type Place, settlePlace, socketFolder } from "./place.ts"
import { isServerOf, processesIn, signal } from "./processes.ts"

export interface Server {
  /** The socket's folder, which `pg` takes as `host`. */
  readonly host: string
  readonly port: number
  readonly pid: number
  /** How it came up: made anew, started, or found running and taken over. */
  readonly how: "made" | "started" | "adopted"
  readonly superuser: { readonly user: string; readonly password: string }
}

export interface ServerOptions {
  /** Of the bootstrap superuser; kept in the site's keys. */
  readonly password: string
  /** False only for data that nobody will miss: no fsync, no waiting for the disk. */
  readonly durable?: boolean
  readonly connectionsMax?: number
  /** False to do without a user namespace even where there is one. */
  readonly mayUseNamespace?: boolean
}

const PORT = 5432
const START_MAX_MS = 120_000
const STOP_MAX_MS = 60_000
const LOG_BYTES_MAX = 10_000_000

/** Brings up the server of `folder`: makes the cluster at first, adopts a server that already runs, else starts one. */
export async function startServer(folder: string, options: ServerOptions): Promise<Server> {
  const running = await adopted(folder, options.password)
  if (running) return running
  const place = settlePlace(folder, options.mayUseNamespace ?? true)
  const made = await ensureCluster(place, options.password, options.durable ?? true)
  const deadline = Date.now() + START_MAX_MS
  for (;;) {
    removeForeignLocks(place)
    const started = await launch(place, options, deadline)
    if (started !== "busy") return { ...started, how: made ? "made" : "started" }
    await sleep(100)
  }
}

/** The running server of `folder`, from its own postmaster.pid, its process proven; undefined when none runs. */
export function findServer(folder: string): { pid: number; host: string; status: string } | undefined {
  const cluster = clusterOf(homeOf(folder))
  const lines = pidFile(cluster)
  if (!lines || !isServerOf(Number(lines[0]), realpathSync(cluster))) return undefined
  return { pid: Number(lines[0]), host: lines[4] ?? "", status: (lines[7] ?? "").trim() }
}

/** Stops the server of `folder` and waits for its end: open transactions roll back, the data is checkpointed. False if none ran. */
export async function stopServer(folder: string): Promise<boolean> {
  const running = findServer(folder)
  if (!running) return false
  const cluster = realpathSync(clusterOf(homeOf(folder)))
  signal(running.pid, "SIGINT")
  const deadline = Date.now() + STOP_MAX_MS
  while (isServerOf(running.pid, cluster)) {
    if (Date.now() > deadline) {
      signal(running.pid, "SIGQUIT")
      throw new Error(`PostgreSQL (pid ${running.pid}) did not stop in time and was made to; it recovers at the next start`)
    }
    await sleep(10)
  }
  return true
}

/** The running server once it answers. Undefined when none runs; one that is just stopping or dying is waited out. */
async function adopted(folder: string, password: string): Promise<Server | undefined> {
  const deadline = Date.now() + START_MAX_MS
  for (let found = findServer(folder); found; found = findServer(folder)) {
    const server: Server = {
      host: found.host,
      port: PORT,
      pid: found.pid,
      how: "adopted",
      superuser: { user: SUPERUSER, password },
    }
    const fault = found.status === "stopping" ? new Error("it is stopping") : await ping(server)
    if (!fault) return server
    if ("code" in fault && fault.code === "28P01")
      throw new Error("the keys of this data folder do not open its database: were they replaced?")
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${found.pid}) runs but does not answer: ${fault.message}`)
    await sleep(20)
  }
  return undefined
}

async function ping(server: Server): Promise<(Error & { code?: string }) | undefined> {
  const client = new pg.Client({
    host: server.host,
    port: PORT,
    database: "postgres",
    ...server.superuser,
    connectionTimeoutMillis: 5_000,
  })
  try {
    await client.connect()
    await client.query("select 1")
  } catch (error) {
    return error as Error & { code?: string }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function launch(place: Place, options: ServerOptions, deadline: number): Promise<Omit<Server, "how"> | "busy"> {
  const logBytes = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
  if (logBytes > LOG_BYTES_MAX) renameSync(place.log, `${place.log}.1`)
  const host = socketFolder(place)
  const log = openSync(place.log, "a", 0o600)
  own(place.runner, place.log)
  const [command, ...args] = [...place.runner.prefix, place.binaries.postgres, "-D", place.cluster, ...settings(host, options)]
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" }
  const child = spawn(command!, args, { ...place.runner.owner, cwd: "/", env, detached: true, stdio: ["ignore", log, log] })
  closeSync(log)
  child.unref()
  let ended: string | undefined
  child.on("error", (error) => (ended = error.message))
  child.on("exit", (code, by) => (ended = `exit ${code ?? by}`))
  while (Date.now() < deadline) {
    const lines = pidFile(place.cluster)
    if (Number(lines?.[0]) === child.pid && lines?.[7]?.startsWith("ready")) {
      return { host, port: PORT, pid: child.pid!, superuser: { user: SUPERUSER, password: options.password } }
    }
    if (ended !== undefined) {
      const said = tail(place.log)
      if (/pre-existing shared memory block/.test(said)) return "busy"
      throw new Error(`PostgreSQL did not start (${ended}):\n${said}`)
    }
    await sleep(5)
  }
  throw new Error(`PostgreSQL did not start in ${START_MAX_MS / 1000} s:\n${tail(place.log)}`)
}

function settings(socket: string, options: ServerOptions): string[] {
  const durable = (options.durable ?? true) ? "on" : "off"
  const all: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: `"${socket.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    port: String(PORT),
    max_connections: String(options.connectionsMax ?? 64),
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off",
    // The server's log carries no statement, value or detail: they could hold personal data. The program logs its faults itself.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    log_checkpoints: "off",
  }
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])
}

/**
 * PostgreSQL itself takes over the lock files of a dead server, but trusts a pid that was given to another process since.
 * Those files alone are removed, and only when nobody works in the cluster.
 */
function removeForeignLocks(place: Place): void {
  const cluster = realpathSync(place.cluster)
  if (!existsSync(join(cluster, "postmaster.pid")) || findServer(place.home)) return
  if (processesIn(cluster).length > 0) return
  rmSync(join(cluster, "postmaster.pid"), { force: true })
  rmSync(join(socketFolder(place), ".s.PGSQL.5432.lock"), { force: true })
}

function pidFile(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}

const tail = (log: string): string => (existsSync(log) ? readFileSync(log, "utf8").slice(-2_000).trim() : "")
