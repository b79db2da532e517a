// How a decision came about: each table with its inputs and the rules that held, each element with its value.
import type { Frame, Run, Value } from "#engines/feel"
import { TRACE_MAX } from "./limits.ts"

/** One table as it was decided. */
export interface TableTrace {
  readonly table: string
  readonly inputs: readonly { readonly label: string; readonly value: Value }[]
  /** Ids of the rules that held, in their order. */
  readonly rules: readonly string[]
}

/** Begins to keep tables in this run. */
export function keepTrace(run: Run): TableTrace[] {
  const kept: TableTrace[] = []
  run.notes = kept
  return kept
}

export function noteTable(
  run: Run,
  table: string,
  inputs: readonly { readonly label: string }[],
  tested: readonly Frame[],
  hits: readonly { readonly id: string }[],
): void {
  const kept = run.notes as TableTrace[] | undefined
  if (!kept || kept.length >= TRACE_MAX) return
  kept.push({
    table,
    inputs: inputs.map(({ label }, index) => ({ label, value: tested[index]!.values[0]! })),
    rules: hits.map(({ id }) => id),
  })
}
