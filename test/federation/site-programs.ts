// Sites as programs of their own, each with its data folder and database: started as an operator starts them, joined and agreed by the same commands.
import assert from "node:assert/strict"
import { type ChildProcess, spawn } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { mock } from "node:test"
import { stringify } from "yaml"
import { listBook } from "#audit"
import type { SiteFile } from "#federation"
import { type Config, packageRoot, readConfig } from "#platform/config"
import { type KeyStore, openKeys } from "#platform/crypto"
import { contract } from "../../src/commands/contract.ts"
import { evidence } from "../../src/commands/evidence.ts"
import { type MemberOptions, member } from "../../src/commands/member.ts"
import { freePort } from "../free-port.ts"
import { openWorld, type World } from "../world.ts"

export interface SiteProgram {
  readonly file: SiteFile
  readonly dir: string
  /** Its database, looked at from outside. */
  readonly world: World
  readonly keys: KeyStore
  /** What it has written into its log. */
  log(): string
  start(): Promise<void>
  stop(): Promise<void>
  /** As a power cut ends it. */
  kill(): Promise<void>
  /** Commands of the operator; they give what is printed, and fail where the command does. */
  member(names: readonly string[], options?: MemberOptions): Promise<string>
  contract(...names: string[]): Promise<string>
  refused(lang: string): Promise<string>
  /** Details of the refusals in its book, newest first. */
  refusals(): Promise<Record<string, unknown>[]>
}

const START_MAX_MS = 120_000
const SMALL_COUNTRY = "test/countries/arvelia"
const SYSTEM = { kind: "system", name: "tests" } as const

/** A folder that is gone with the process. */
export function newFolder(): string {
  const dir = mkdtempSync("/tmp/motlan-programs-")
  chmodSync(dir, 0o711)
  process.on("exit", () => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Ports for the pages, the line and the systems of a site. */
export const freePorts = async (): Promise<[pages: number, line: number, systems: number]> => [
  await freePort(),
  await freePort(),
  await freePort(),
]

/** Writes site.yaml and makes the database; nothing runs yet. */
export async function makeSite(root: string, file: SiteFile, country = SMALL_COUNTRY): Promise<SiteProgram> {
  const world = await openWorld({ country: false })
  const dir = join(root, file.site)
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, "site.yaml"), stringify(file))
  const urls = { DATABASE_URL: urlOf({ ...world.migratorConnection }), DATABASE_APP_URL: urlOf({ ...world.connection }) }
  const config: Config = readConfig({ data: dir, country }, urls)
  let child: ChildProcess | undefined
  let said = ""
  const start = async () => {
    const args = ["--import", "tsx", join(packageRoot(), "src/main.ts"), "start", "--demo", "--data", dir, "--country", country]
    args.push("--port", new URL(file.face).port)
    const env = { ...process.env, ...urls, MOTLAN_LOG_LEVEL: "info" }
    const before = said.length
    const started = spawn(process.execPath, args, { cwd: packageRoot(), env, stdio: ["ignore", "pipe", "pipe"] })
    child = started
    process.on("exit", () => started.kill("SIGKILL"))
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk))
    await until(START_MAX_MS, () => {
      assert.equal(started.exitCode, null, `${file.site} runs: ${said}`)
      return said.includes("Ctrl-C ends it", before)
    })
  }
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((resolve) => running.once("exit", resolve))
    running.kill(signal)
    await gone
  }
  return {
    ...{ file, dir, world, start, stop: () => end("SIGTERM"), kill: () => end("SIGKILL"), log: () => said },
    keys: openKeys(join(dir, "keys")),
    member: (names, options = {}) => printed(() => member(config, names, options)),
    contract: (...names) => printed(() => contract(config, names, "en")),
    refused: (lang) => printed(() => evidence(config, ["refused"], lang)),
    refusals: () =>
      world.tx(SYSTEM, async (tx) =>
        (await listBook(tx, { agency: "site", event: "line-refused", limit: 200 })).map(({ details }) => ({ ...details })),
      ),
  }
}

function urlOf({ host, port, database, user, password }: Record<string, unknown>): string {
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`
}

async function printed(command: () => Promise<number>): Promise<string> {
  const lines: string[] = []
  const hear = (...words: unknown[]) => void lines.push(words.join(" "))
  const mocks = [mock.method(console, "log", hear), mock.method(console, "error", hear)]
  try {
    const code = await command()
    assert.equal(code, 0, lines.join("\n"))
    return lines.join("\n")
  } finally {
    for (const one of mocks) one.mock.restore()
  }
}

/** Waits until it holds. */
export async function until(maxMs: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + maxMs
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, "it holds in time")
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
