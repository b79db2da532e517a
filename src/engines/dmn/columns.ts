// One column of a decision table as a line cut into pieces: within a piece every cell of the column answers alike.
import { isTemporal, order, Run, textOf, type Value } from "#engines/feel"
import { asksOrder, isDecidable, isListed, pointsIn, reckonedValue, testOf, treeOf } from "./decidable.ts"

/** Words by language. */
export interface Words {
  readonly vi: string
  readonly en: string
}

/** A piece of a column: a value, what lies between two, or everything else; `value` is one of it. */
export interface Piece {
  readonly words: Words
  readonly value: Value
}

export interface Column {
  readonly label: string
  readonly pieces: readonly Piece[]
  /** By rule and piece, whether the cell holds; null for a cell that can't be told before it runs. */
  readonly holds: readonly (readonly boolean[] | null)[]
}

export interface ColumnTexts {
  readonly label: string
  /** Cells by rule; `-` and nothing hold for all. */
  readonly cells: readonly string[]
  /** Tests of the values that are allowed at all. */
  readonly allowed: readonly string[]
}

const holdsForAll = (text: string): boolean => ["", "-"].includes(text.trim())

/** The column cut at every value that its cells name. */
export function columnOf({ label, cells, allowed }: ColumnTexts): Column {
  const trees = cells.map((text) => (holdsForAll(text) ? null : treeOf(text)))
  const limits = allowed.map((text) => ({ text, tree: treeOf(text) })).filter(({ tree }) => tree && isDecidable(tree))
  const decided = [...trees, ...limits.map(({ tree }) => tree)].flatMap((tree) => (tree && isDecidable(tree) ? [tree] : []))
  const points = inOrder(decided.flatMap(pointsIn))
  // Values of several sorts have no order: nothing can be told of them.
  if (!points) return { label, pieces: [ANYTHING], holds: cells.map((text) => (holdsForAll(text) ? [true] : null)) }
  const passed = limits.map(({ text }) => testOf(text))
  const listed = limits.some(({ tree }) => isListed(tree!))
  const all = piecesOf(points, decided.some(asksOrder), listed).filter(({ value }) => passed.every((passes) => passes(value)))
  const pieces = all.length > 0 ? all : [ANYTHING]
  const holds = trees.map((tree, rule) => {
    if (tree === null) return pieces.map(() => true)
    if (tree === undefined || !isDecidable(tree)) return null
    const test = testOf(cells[rule]!)
    return pieces.map(({ value }) => test(value))
  })
  return { label, pieces, holds }
}

const ANYTHING: Piece = { words: { vi: "bất kỳ", en: "anything" }, value: null }

/** The different values in their order; null where two have none. Null itself is nobody's answer and is left out. */
function inOrder(values: readonly Value[]): readonly Value[] | null {
  const known = values.filter((value) => value !== null)
  if (known.every((value) => typeof value === "boolean")) return known.length === 0 ? [] : [true, false]
  if (known.some((value) => order(value, known[0]!) === null)) return null
  const sorted = known.toSorted((a, b) => order(a, b)!)
  return sorted.filter((value, index) => index === 0 || order(sorted[index - 1]!, value) !== 0)
}

const shown = (value: Value): string => textOf(value, new Run(), true)

function piecesOf(points: readonly Value[], ordered: boolean, listed: boolean): Piece[] {
  const single = points.map((value): Piece => ({ value, words: { vi: `là ${shown(value)}`, en: `is ${shown(value)}` } }))
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return [ANYTHING]
  if (typeof first === "boolean" || listed) return single
  if (typeof first === "string" && !ordered)
    return [...single, { value: `${last as string}~`, words: { vi: "là giá trị khác", en: "is any other value" } }]
  const found: (Piece | null)[] = [outside(first, -1)]
  for (const [index, piece] of single.entries()) {
    found.push(piece)
    const next = points[index + 1]
    if (next !== undefined) found.push(between(piece.value, next))
  }
  found.push(outside(last, 1))
  return found.filter((piece) => piece !== null)
}

/** What lies between two values; null where nothing does: no day between a day and the next. */
function between(a: Value, b: Value): Piece | null {
  const value = typeof a === "string" ? `${a}\u0001` : reckonedValue("a + (b - a) / 2", [a, b])
  if (value === null || !(order(a, value)! < 0 && order(value, b)! < 0)) return null
  const [vi, en] = isTemporal(a) ? ["sau", "after"] : ["lớn hơn", "above"]
  const [toVi, toEn] = isTemporal(a) ? ["trước", "before"] : ["nhỏ hơn", "below"]
  return { value, words: { vi: `${vi} ${shown(a)} và ${toVi} ${shown(b)}`, en: `${en} ${shown(a)} and ${toEn} ${shown(b)}` } }
}

/** What lies before the first value or behind the last. */
function outside(end: Value, side: -1 | 1): Piece | null {
  const value = beyond(end, side)
  const placed = value === null ? null : order(value, end)
  if (placed === null || Math.sign(placed) !== side) return null
  const [vi, en] = isTemporal(end)
    ? side < 0
      ? ["trước", "before"]
      : ["sau", "after"]
    : side < 0
      ? ["nhỏ hơn", "below"]
      : ["lớn hơn", "above"]
  return { value, words: { vi: `${vi} ${shown(end)}`, en: `${en} ${shown(end)}` } }
}

function beyond(end: Value, side: -1 | 1): Value {
  if (typeof end === "string") return side < 0 ? "" : `${end}~`
  const steps = isTemporal(end) ? ['@"P1D"', '@"P1M"', '@"PT1S"'] : ["1"]
  for (const step of steps) {
    const value = reckonedValue(`a ${side < 0 ? "-" : "+"} ${step}`, [end])
    if (value !== null && order(value, end) !== 0) return value
  }
  return null
}
