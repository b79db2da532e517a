// A real MariaDB with a folder of its own, for tests of an old system: started, stopped, started again, gone at the end.

import { type ChildProcess, execFile, spawn } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { promisify } from "node:util"
import mysql from "mysql2/promise"
import { freePort } from "./free-port.ts"

const FOLDERS = "/tmp"
const SERVERS = ["/usr/sbin/mariadbd", "/usr/local/sbin/mariadbd", "/opt/homebrew/bin/mariadbd"]
const START_MAX_MS = 40_000

/** Why the tests that need it are skipped; false when it is there. */
export const mariadbMissing: string | false = SERVERS.some((path) => existsSync(path))
  ? false
  : "there is no MariaDB server here: apt-get install mariadb-server (.ci/run does)"

export interface OldDatabase {
  readonly port: number
  /** The certificate (PEM) under which it speaks TLS, of 127.0.0.1 and of no other address or name. */
  readonly certificate: string
  /** Runs statements as the owner of everything. */
  run(...statements: string[]): Promise<void>
  /** The first row of a query. */
  one(query: string): Promise<Record<string, unknown>>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and takes everything away. */
  remove(): Promise<void>
}

/** Starts a server on a free port of the loopback, with an empty database `benh_vien`. */
export async function startMariadb(): Promise<OldDatabase> {
  const server = SERVERS.find((path) => existsSync(path))!
  const dir = mkdtempSync(join(FOLDERS, "motlan-mariadb-"))
  chmodSync(dir, 0o755)
  const data = join(dir, "data")
  const own = process.getuid?.() === 0 ? ["--user=root"] : []
  await promisify(execFile)("mariadb-install-db", [
    ...["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db", ...own],
  ])
  const certificate = join(dir, "server.pem")
  const key = join(dir, "server.key")
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=old"],
    ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
  ])
  const port = await freePort()
  let child: ChildProcess | undefined
  const end = () => child?.kill("SIGKILL")
  process.on("exit", end)
  const connect = () => mysql.createConnection({ host: "127.0.0.1", port, user: "root", charset: "utf8mb4" })
  const start = async () => {
    const settings = [
      `--datadir=${data}`,
      `--socket=${join(dir, "socket")}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1,127.0.0.2",
    ]
    const tls = [`--ssl-cert=${certificate}`, `--ssl-key=${key}`]
    const small = ["--innodb-buffer-pool-size=16M", "--skip-log-bin", "--character-set-server=utf8mb4"]
    child = spawn(server, ["--no-defaults", ...own, ...settings, ...tls, ...small], { stdio: "ignore" })
    await answering(connect)
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child?.once("exit", resolve))
    child?.kill("SIGKILL")
    await ended
  }
  const within = async <T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> => {
    const connection = await connect()
    try {
      return await work(connection)
    } finally {
      await connection.end()
    }
  }
  await start()
  await within((connection) => connection.query("create database benh_vien character set utf8mb4"))
  return {
    port,
    certificate: readFileSync(certificate, "utf8"),
    run: (...statements) =>
      within(async (connection) => {
        await connection.query("use benh_vien")
        for (const statement of statements) await connection.query(statement)
      }),
    one: (query) =>
      within(async (connection) => {
        await connection.query("use benh_vien")
        const [rows] = await connection.query<mysql.RowDataPacket[]>(query)
        return rows[0]!
      }),
    start,
    stop,
    remove: async () => {
      await stop()
      process.removeListener("exit", end)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function answering(connect: () => Promise<mysql.Connection>): Promise<void> {
  const until = performance.now() + START_MAX_MS
  for (;;) {
    try {
      return await (await connect()).end()
    } catch (error) {
      if (performance.now() > until) throw error
      await pause(100)
    }
  }
}
