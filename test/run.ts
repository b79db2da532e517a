// Runs the tests: one PostgreSQL for the whole run, one migrated template, two files at a time.
// `npm test [filters]` runs the files whose path contains a filter; `--journeys` runs the browser journeys alone.
// What failed is told once more at the end, so that the tail of a long log says it.
import { spawn } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { join, sep } from "node:path"
import { startCluster } from "./cluster.ts"
import { findChromium } from "./journeys/chromium.ts"

const root = join(import.meta.dirname, "..")
const FILES_AT_ONCE = 2

const args = process.argv.slice(2)
const filters = args.filter((arg) => !arg.startsWith("--"))
const onlyJourneys = args.includes("--journeys")
const files = testFiles().filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))

if (files.length === 0) {
  console.error(filters.length > 0 ? `no test file's path contains ${filters.join(" or ")}` : "no test files")
  process.exit(1)
}
if (onlyJourneys && !findChromium()) {
  console.log("journeys skipped: there is no Chromium; install one, or name it with MOTLAN_TEST_CHROMIUM")
  process.exit(0)
}
process.exitCode = await run(files)

async function run(files: string[]): Promise<number> {
  const { cluster, stop } = await startCluster()
  process.on("exit", stop)
  const flags = ["--import", "tsx", "--test", "--test-reporter=spec", `--test-concurrency=${FILES_AT_ONCE}`]
  const child = spawn(process.execPath, [...flags, ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, MOTLAN_TEST_DATABASE: JSON.stringify(cluster) },
  })
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => child.kill(name))
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 1)))
}

function testFiles(): string[] {
  const journeys = `test${sep}journeys${sep}`
  return ["src", "test", "bench"]
    .filter((dir) => existsSync(join(root, dir)))
    .flatMap((dir) => readdirSync(join(root, dir), { recursive: true, encoding: "utf8" }).map((file) => join(dir, file)))
    .filter((file) => /\.test\.tsx?$/.test(file) && file.startsWith(journeys) === onlyJourneys)
    .sort()
}
