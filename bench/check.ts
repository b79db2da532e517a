// How long an author waits for `motlan check` of the reference country: the built program as its own process.
import { build, runCommand } from "../test/crash/site-process.ts"
import { type Benchmark, median } from "./measure.ts"

const ROUNDS = 5
const PACK = "countries/viet-nam"

/** Benchmark `check`. */
export const run: Benchmark = async () => {
  build()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    const { code, said } = await runCommand("built", "check", PACK)
    if (code !== 0) throw new Error(said)
    times.push(performance.now() - began)
  }
  return [{ name: `motlan check ${PACK}`, value: median(times), unit: "ms", atMost: 3_000, about: "median of runs" }]
}
