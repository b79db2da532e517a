// A closed loop: so many workers, each taking the next piece of work when it is done with the last.
import { quantile } from "./measure.ts"

export interface Run {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  /** Milliseconds of processor that this program took for each; it tells more than time does on a busy machine. */
  readonly cpu: number
}

/** Does all `pieces`, `atOnce` at a time, and says how fast. `doneOf` gives how many units one piece was; each is timed by itself. */
export async function runAll<T>(
  pieces: readonly T[],
  atOnce: number,
  act: (piece: T, worker: number, took: (ms: number) => void) => Promise<void>,
): Promise<Run> {
  const times: number[] = []
  const took = (ms: number) => void times.push(ms)
  let next = 0
  const began = performance.now()
  const before = process.cpuUsage()
  const work = async (worker: number) => {
    for (let piece = pieces[next++]; piece !== undefined; piece = pieces[next++]) await act(piece, worker, took)
  }
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)))
  const seconds = (performance.now() - began) / 1_000
  const { user, system } = process.cpuUsage(before)
  const cpu = (user + system) / 1_000 / times.length
  return { perSecond: times.length / seconds, p50: quantile(times, 0.5), p95: quantile(times, 0.95), cpu }
}
