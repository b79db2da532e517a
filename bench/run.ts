// `npm run bench [names]`: runs the benchmarks one after the other, prints a table for each; the exit code is 1 when a target is missed.
import { cpus, loadavg } from "node:os"
import { type Benchmark, isMet, type Measure, tableOf } from "./measure.ts"

/** By name; each is loaded when it is asked for. */
const benchmarks: Readonly<Record<string, () => Promise<{ readonly run: Benchmark }>>> = {
  submissions: () => import("./submissions.ts"),
  steps: () => import("./steps.ts"),
  pages: () => import("./pages.ts"),
  line: () => import("./line.ts"),
  evidence: () => import("./evidence.ts"),
  search: () => import("./search.ts"),
  migration: () => import("./migration.ts"),
  check: () => import("./check.ts"),
  engines: () => import("./engines.ts"),
}

const MISUSED = 2

process.exitCode = await main(process.argv.slice(2))

async function main(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name))
  if (unknown.length > 0) {
    console.error(`no benchmark is called ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`)
    return MISUSED
  }
  const names = asked.length > 0 ? asked : Object.keys(benchmarks)
  const load = loadavg()[0]!.toFixed(1)
  console.log(`Node.js ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), load ${load} before\n`)
  const missed: string[] = []
  for (const name of names) {
    console.log(name)
    const measures = await measured(name)
    console.log(`${tableOf(measures)}\n`)
    missed.push(...measures.filter((m) => !isMet(m)).map((m) => `${name}: ${m.name}`))
  }
  if (missed.length > 0) console.log(`missed: ${missed.join("; ")}`)
  return missed.length > 0 ? 1 : 0
}

async function measured(name: string): Promise<readonly Measure[]> {
  const { run } = await benchmarks[name]!()
  return run((line) => console.log(`  ${line}`))
}
