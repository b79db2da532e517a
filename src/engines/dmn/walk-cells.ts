// All cells of a table, column by column: rules that have fallen out are dropped, and places with the same rules are looked at once.
import type { Column } from "./columns.ts"

/** What is looked for. */
export interface Find {
  readonly gaps: boolean
  /** Whether two rules that hold at once are to be told; null where none are. */
  readonly overlaps: ((a: number, b: number) => boolean) | null
  /** Whether rules behind the first that holds are to be told when they never are the first. */
  readonly masked: boolean
}

export interface Found {
  /** Pieces by column; a column without one may be anything. */
  readonly gaps: readonly (readonly number[])[]
  /** By the two rules, as `0 3`. */
  readonly overlaps: ReadonlyMap<string, readonly number[]>
  readonly masked: readonly number[]
  /** Whether all cells were looked at. */
  readonly complete: boolean
}

interface Rules {
  /** Rules that may hold here. */
  readonly may: readonly number[]
  /** Rules that certainly do. */
  readonly must: readonly number[]
}

/** Looks at every cell, or at the first `cellsMax` of those that differ. */
export function walkCells(columns: readonly Column[], find: Find, cellsMax: number): Found {
  const gaps: (readonly number[])[] = []
  const overlaps = new Map<string, readonly number[]>()
  const firsts = new Set<number>()
  const seen = new Set<string>()
  let left = cellsMax
  const all = columns[0]?.holds.map((_, rule) => rule) ?? []
  const settle = ({ may, must }: Rules, path: readonly number[]) => {
    for (const rule of may) {
      firsts.add(rule)
      if (must.includes(rule)) break
    }
    if (!find.overlaps) return
    for (const [index, a] of must.entries())
      for (const b of must.slice(index + 1))
        if (find.overlaps(a, b) && !overlaps.has(`${a} ${b}`)) overlaps.set(`${a} ${b}`, path)
  }
  const walk = (index: number, rules: Rules, path: readonly number[]): void => {
    if (rules.may.length === 0) {
      if (find.gaps) gaps.push(path)
      return
    }
    const key = `${index}:${rules.may.join(",")}:${rules.must.join(",")}`
    if (seen.has(key)) return
    seen.add(key)
    if (index === columns.length) {
      settle(rules, path)
      return
    }
    const { pieces, holds } = columns[index]!
    for (const piece of pieces.keys()) {
      if (--left < 0) return
      const may = rules.may.filter((rule) => holds[rule]?.[piece] ?? true)
      walk(index + 1, { may, must: rules.must.filter((rule) => holds[rule]?.[piece] ?? false) }, [...path, piece])
    }
  }
  walk(0, { may: all, must: all }, [])
  const masked = find.masked && left >= 0 ? all.filter((rule) => !firsts.has(rule)) : []
  return { gaps, overlaps, masked, complete: left >= 0 }
}
