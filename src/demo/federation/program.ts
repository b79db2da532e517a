// Runs the built program: single commands, and sites that are kept running.
import { type ChildProcess, execFile, spawn } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { addressOf, type DemoSite } from "./sites.ts"

const ROOT = resolve(import.meta.dirname, "../../..")
export const PROGRAM = join(ROOT, "dist/main.js")

const START_MAX_MS = 120_000
const STOP_MAX_MS = 30_000
const COMMAND_MAX_MS = 120_000
const LOOK_MS = 100
const AGAIN_MS = 1_000

const run = promisify(execFile)
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms))

/** Runs a command on the data folder of a site and gives what it prints. Throws with its words. */
export async function motlan(dir: string, ...args: string[]): Promise<string> {
  const options = { cwd: ROOT, timeout: COMMAND_MAX_MS, maxBuffer: 16 * 1024 * 1024 }
  return run(PROGRAM, [...args, "--data", dir], options).then(
    ({ stdout }) => stdout.trim(),
    (fault: { stderr?: string; message: string }) => {
      throw new Error(`motlan ${args[0]} ${args[1] ?? ""}: ${fault.stderr?.trim() || fault.message}`)
    },
  )
}

export interface RunningSite {
  readonly pid: number | undefined
  /** Resolves when its pages answer. */
  ready(): Promise<void>
  /** Kills it as a power cut would; it is started again. */
  kill(): void
  stop(): Promise<void>
}

/** Starts a site, writes what it says into its folder, and starts it again when it ends by itself. */
export function startSite(site: DemoSite, dir: string): RunningSite {
  mkdirSync(dir, { recursive: true })
  const log = createWriteStream(join(dir, "motlan.log"), { flags: "a" })
  let child: ChildProcess | undefined
  let isStopped = false
  const args = ["start", "--demo", "--data", dir, "--port", String(site.web)]
  const start = () => {
    child = spawn(PROGRAM, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], detached: true })
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => log.write(chunk))
    child.on("exit", () => {
      if (!isStopped) setTimeout(() => !isStopped && start(), AGAIN_MS)
    })
  }
  start()
  return {
    get pid() {
      return child?.pid
    },
    ready: () => answers(site),
    kill: () => void child?.kill("SIGKILL"),
    stop: async () => {
      isStopped = true
      const running = child
      if (running && running.exitCode === null && running.signalCode === null) {
        const ended = new Promise((resolve) => running.once("exit", resolve))
        running.kill("SIGTERM")
        const late = setTimeout(() => running.kill("SIGKILL"), STOP_MAX_MS)
        await ended
        clearTimeout(late)
      }
      log.end()
    },
  }
}

async function answers(site: DemoSite): Promise<void> {
  const until = Date.now() + START_MAX_MS
  while (Date.now() < until) {
    const isUp = await fetch(`${addressOf(site)}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await pause(LOOK_MS)
  }
  throw new Error(`${site.id} did not start: see motlan.log in its folder`)
}
