// Makes a cluster by initdb, beside its final name, so that a kill in the middle leaves nothing half made.
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { own, type Place } from "./place.ts"

/** The bootstrap superuser of an embedded cluster; the program uses it to make roles, never for its work. */
export const SUPERUSER = "postgres"

const SHAPE = [
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--data-checksums",
  "--auth=scram-sha-256",
  "--no-instructions",
  `--username=${SUPERUSER}`,
]

/** Makes the cluster if it is not there yet; true when it was made. `sync` false only for data that nobody will miss. */
export async function ensureCluster(place: Place, password: string, sync: boolean): Promise<boolean> {
  if (existsSync(place.cluster)) return false
  const half = `${basename(place.cluster)}.init`
  for (const name of readdirSync(place.home)) {
    if (name.startsWith(half)) rmSync(join(place.home, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
  const fresh = join(place.home, `${half}-${randomBytes(4).toString("hex")}`)
  const passwordFile = `${fresh}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  own(place.runner, passwordFile)
  try {
    await run(place, [...SHAPE, `--pwfile=${passwordFile}`, ...(sync ? [] : ["--no-sync"]), "-D", fresh])
    renameSync(fresh, place.cluster)
    return true
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function run(place: Place, args: string[]): Promise<void> {
  const [command, ...rest] = [...place.runner.prefix, place.binaries.initdb, ...args]
  return new Promise((resolve, reject) => {
    const child = spawn(command!, rest, {
      ...place.runner.owner,
      cwd: "/",
      env: { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let said = ""
    const hear = (chunk: Buffer) => {
      said = (said + chunk).slice(-4_000)
    }
    child.stdout.on("data", hear)
    child.stderr.on("data", hear)
    child.on("error", reject)
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}): ${said.trim()}`))))
  })
}
