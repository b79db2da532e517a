// What a benchmark gives, the statistics that all of them share, and the table that is printed.

/** One number with the target that it is held against. */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The bound; a measure without one is told for its own sake. */
  readonly atLeast?: number
  readonly atMost?: number
  /** What the number rests on: rounds, spread, sizes. */
  readonly about?: string
}

/** Measures one thing. Where it runs in rounds, each measure is the median of its rounds. */
export type Benchmark = (say: (line: string) => void) => Promise<readonly Measure[]>

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** The value below which the share `q` of the numbers lies, by the nearest rank. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  if (q === 0.5 && sorted.length % 2 === 0) return (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!
}

/** False when a target is missed; a number that is none misses every target. */
export function isMet({ value, atLeast, atMost }: Measure): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
}

/** The table of one benchmark, a line for each measure. */
export function tableOf(measures: readonly Measure[]): string {
  const head = ["measure", "measured", "target", "of target", "", ""]
  const rows = measures.map((m) => [
    m.name,
    `${figure(m.value)} ${m.unit}`.trim(),
    targetOf(m),
    shareOf(m),
    verdictOf(m),
    m.about ?? "",
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)))
  const isNumber = (column: number) => column > 0 && column < 4
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join("  ")
  return [line(head), ...rows.map(line)].map((text) => `  ${text.trimEnd()}`).join("\n")
}

/** Three figures that count, without an exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "none"
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")
}

function targetOf({ atLeast, atMost }: Measure): string {
  if (atLeast !== undefined) return `>= ${figure(atLeast)}`
  return atMost === undefined ? "" : `<= ${figure(atMost)}`
}

function shareOf({ value, atLeast, atMost }: Measure): string {
  const target = atLeast ?? atMost
  return target === undefined ? "" : `${(value / target).toFixed(2)}x`
}

function verdictOf(measure: Measure): string {
  if (measure.atLeast === undefined && measure.atMost === undefined) return ""
  return isMet(measure) ? "pass" : "FAIL"
}
