// The site as its own process with its own data folder, for those who measure it from outside or kill it.

import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { packageRoot } from "#platform/config"
import { findServer } from "#platform/db"
import { NODE_FLAGS } from "../built.ts"

/** What runs the program: the built one, or the source as it stands. */
export type Program = "built" | "source"

export interface SiteProcess {
  readonly url: string
  readonly pid: number
  /** Milliseconds from the start of the process until it said that it serves. */
  readonly startMs: number
  /** True until the process has ended. */
  isAlive(): boolean
  /** kill -9; resolves when the process is gone. PostgreSQL lives on. */
  kill(): Promise<void>
  /** SIGTERM: ends with its database; gives the exit code. */
  stop(): Promise<number | null>
}

const START_MAX_MS = 120_000
const LOOK_EVERY_MS = 10
const SERVES = "Ctrl-C ends it"

const commands: Readonly<Record<Program, () => string[]>> = {
  built: () => [...NODE_FLAGS, join(packageRoot(), "dist/main.js")],
  source: () => ["--import", "tsx", join(packageRoot(), "src/main.ts")],
}

/** Builds the program as `npm start` does. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ["build.mjs"], { cwd: packageRoot(), encoding: "utf8" })
  if (status !== 0) throw new Error(`the build failed: ${stderr}`)
}

const FOLDERS = "/tmp"
const FOLDER_NAME = /^motlan-(?:crash|bench)-(\d+)-/

/** A folder for a site's data that PostgreSQL's user can reach; removed when asked or at the exit, and after a kill by the next one. */
export function newDataFolder(name: "crash" | "bench"): { readonly data: string; remove(): void } {
  sweep()
  const folder = mkdtempSync(join(FOLDERS, `motlan-${name}-${process.pid}-`))
  chmodSync(folder, 0o711)
  const atExit = () => removeFolder(folder)
  process.on("exit", atExit)
  const remove = () => {
    process.off("exit", atExit)
    removeFolder(folder)
  }
  return { data: join(folder, "data"), remove }
}

function removeFolder(folder: string): void {
  const running = findServer(join(folder, "data/postgres"))
  if (running) process.kill(running.pid, "SIGQUIT")
  rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 50 })
}

/** Removes what runs that were killed have left: their folders name their process. */
function sweep(): void {
  for (const name of readdirSync(FOLDERS)) {
    const pid = Number(FOLDER_NAME.exec(name)?.[1])
    const isOurs = pid > 0 && lstatSync(join(FOLDERS, name)).uid === process.getuid?.()
    if (isOurs && !isRunning(pid)) removeFolder(join(FOLDERS, name))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** Starts the demo's site and waits until it serves. */
export async function startSite(program: Program, data: string, port: number): Promise<SiteProcess> {
  const began = performance.now()
  const args = [...commands[program](), "start", "--demo", "--data", data, "--port", String(port)]
  const env = { ...process.env, MOTLAN_LOG_LEVEL: "error" }
  const child = spawn(process.execPath, args, { cwd: packageRoot(), env, stdio: ["ignore", "pipe", "pipe"] })
  const dies = () => child.kill("SIGKILL")
  // Before the folder goes: a program that lives would bring its database up again.
  process.prependListener("exit", dies)
  const gone = once(child, "exit").then(() => process.off("exit", dies))
  await serving(child, began)
  const startMs = performance.now() - began
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (isAlive()) child.kill(signal)
    await gone
    return child.exitCode
  }
  const kill = async () => void (await end("SIGKILL"))
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, startMs, isAlive, kill, stop: () => end("SIGTERM") }
}

async function serving(child: ChildProcess, began: number): Promise<void> {
  let said = ""
  for (const stream of [child.stdout!, child.stderr!])
    stream.on("data", (chunk: Buffer) => (said = (said + chunk).slice(-20_000)))
  while (!said.includes(SERVES)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the site did not start:\n${said}`)
    if (performance.now() - began > START_MAX_MS) {
      child.kill("SIGKILL")
      throw new Error(`the site did not start in time:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** Runs another command of the program and gives its exit code and words. */
export async function runCommand(program: Program, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [...commands[program](), ...args], {
    cwd: packageRoot(),
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk))
  await once(child, "close")
  return { code: child.exitCode, said }
}
