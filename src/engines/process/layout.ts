// Where the nodes and flows of a graph lie when it is drawn: in layers from left to right, ways back below.
import type { GraphNode, Scope } from "./graph.ts"
import { DRAWING_CELLS_MAX } from "./limits.ts"

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** Places of a scope and all within it, in the same coordinates. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly shapes: ReadonlyMap<string, Box>
  readonly edges: ReadonlyMap<string, readonly Point[]>
}

const GAP_X = 96
const GAP_Y = 36
const MARGIN = 28
const LANE = 14
/** Bends of different flows lie beside each other. */
const SHIFTS = 5
const SWEEPS = 4

interface Cell {
  readonly id: string
  readonly width: number
  readonly height: number
  layer: number
  rank: number
  x: number
  y: number
  /** Left edge of its layer: in the gap before it nothing lies. */
  left: number
  readonly before: Cell[]
  readonly after: Cell[]
}

/** Lays out a scope with its sub-processes. */
export function layoutOf(scope: Scope): Layout {
  const inner = new Map(scope.nodes.flatMap((node) => (node.body ? [[node.id, layoutOf(node.body)]] : [])) as [string, Layout][])
  const cells = new Map<string, Cell>()
  for (const node of scope.nodes)
    if (node.kind.type !== "boundary") cells.set(node.id, cellOf(node.id, sizeOf(node, inner.get(node.id))))
  const links = linksOf(scope, cells)
  assignLayers(cells, links)
  const chains = chainsOf(links)
  const rows = rowsOf([...cells.values(), ...chains.flatMap(({ through }) => through)])
  placeRows(rows)
  return drawn(scope, cells, chains, inner)
}

const cellOf = (id: string, { width, height }: { width: number; height: number }): Cell => ({
  id,
  width,
  height,
  layer: 0,
  rank: 0,
  x: 0,
  y: 0,
  left: 0,
  before: [],
  after: [],
})

function sizeOf({ kind }: GraphNode, inner: Layout | undefined): { width: number; height: number } {
  if (inner) return { width: Math.max(inner.width, 120), height: inner.height + 24 }
  if (kind.type === "gateway") return { width: 50, height: 50 }
  if (kind.type === "start" || kind.type === "end" || kind.type === "catch" || kind.type === "throw")
    return { width: 36, height: 36 }
  return { width: 130, height: 70 }
}

interface Link {
  readonly flow: string
  readonly from: Cell
  readonly to: Cell
  back: boolean
}

/** Flows between cells; those of a boundary event begin at its host. */
function linksOf(scope: Scope, cells: ReadonlyMap<string, Cell>): Link[] {
  return scope.flows.flatMap(({ id, from, to }) => {
    const [source, target] = [cells.get(from.host?.id ?? from.id), cells.get(to.id)]
    return source && target ? [{ flow: id, from: source, to: target, back: false }] : []
  })
}

/** Longest ways from the left; a flow to what is being walked leads back. */
function assignLayers(cells: ReadonlyMap<string, Cell>, links: readonly Link[]): void {
  const out = new Map<Cell, Link[]>()
  for (const link of links) out.set(link.from, [...(out.get(link.from) ?? []), link])
  const state = new Map<Cell, "open" | "done">()
  const order: Cell[] = []
  for (const first of cells.values()) {
    if (state.has(first)) continue
    const path: { cell: Cell; next: number }[] = [{ cell: first, next: 0 }]
    state.set(first, "open")
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = out.get(top.cell)?.[top.next++]
      if (!link) {
        state.set(top.cell, "done")
        order.push(top.cell)
        path.pop()
      } else if (state.get(link.to) === "open") link.back = true
      else if (!state.has(link.to)) {
        state.set(link.to, "open")
        path.push({ cell: link.to, next: 0 })
      }
    }
  }
  for (const cell of order.reverse())
    for (const { to, back } of out.get(cell) ?? []) if (!back) to.layer = Math.max(to.layer, cell.layer + 1)
}

interface Chain extends Link {
  readonly through: readonly Cell[]
}

/** A flow over several layers goes through a cell of its own in each. */
function chainsOf(links: readonly Link[]): Chain[] {
  let room = DRAWING_CELLS_MAX
  return links.map((link) => {
    room -= link.back ? 0 : Math.max(0, link.to.layer - link.from.layer - 1)
    if (link.back || room < 0) return { ...link, through: [] }
    const through: Cell[] = []
    let last = link.from
    for (let layer = link.from.layer + 1; layer < link.to.layer; layer++) {
      const cell = { ...cellOf(`${link.flow}/${layer}`, { width: 0, height: LANE }), layer, before: [last], after: [] }
      last.after.push(cell)
      through.push(cell)
      last = cell
    }
    last.after.push(link.to)
    link.to.before.push(last)
    return { ...link, through }
  })
}

/** Cells by layer, those that belong together near each other. */
function rowsOf(all: readonly Cell[]): Cell[][] {
  const rows: Cell[][] = []
  for (const cell of all) {
    rows[cell.layer] ??= []
    rows[cell.layer]!.push(cell)
  }
  for (const row of rows) rank(row)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : [...rows].reverse()) {
      const weight = new Map(row.map((cell) => [cell, middle(down ? cell.before : cell.after, cell.rank)]))
      row.sort((one, other) => weight.get(one)! - weight.get(other)!)
      rank(row)
    }
  }
  return rows
}

function rank(row: readonly Cell[]): void {
  for (const [place, cell] of row.entries()) cell.rank = place
}

const middle = (near: readonly Cell[], own: number): number =>
  near.length === 0 ? own : near.reduce((sum, { rank }) => sum + rank, 0) / near.length

function placeRows(rows: readonly (readonly Cell[])[]): void {
  const heights = rows.map((row) => row.reduce((sum, { height }) => sum + height + GAP_Y, -GAP_Y))
  const tallest = Math.max(0, ...heights)
  let x = MARGIN
  rows.forEach((row, layer) => {
    const width = Math.max(...row.map((cell) => cell.width))
    let y = MARGIN + (tallest - heights[layer]!) / 2
    for (const cell of row) {
      cell.x = Math.round(x + (width - cell.width) / 2)
      cell.y = Math.round(y)
      cell.left = Math.round(x)
      y += cell.height + GAP_Y
    }
    x += width + GAP_X
  })
}

function drawn(
  scope: Scope,
  cells: ReadonlyMap<string, Cell>,
  chains: readonly Chain[],
  inner: ReadonlyMap<string, Layout>,
): Layout {
  const shapes = new Map<string, Box>()
  const edges = new Map<string, readonly Point[]>()
  for (const { id, x, y, width, height } of cells.values()) {
    shapes.set(id, { x, y, width, height })
    const content = inner.get(id)
    if (!content) continue
    for (const [name, box] of content.shapes) shapes.set(name, { ...box, x: box.x + x, y: box.y + y + 24 })
    for (const [name, points] of content.edges)
      edges.set(
        name,
        points.map((p) => ({ x: p.x + x, y: p.y + y + 24 })),
      )
  }
  const attached = new Map<string, number>()
  for (const { id, kind, host } of scope.nodes) {
    const at = host && shapes.get(host.id)
    if (kind.type !== "boundary" || !at) continue
    const nth = attached.get(host.id) ?? 0
    attached.set(host.id, nth + 1)
    shapes.set(id, { x: at.x + 18 + nth * 46, y: at.y + at.height - 18, width: 36, height: 36 })
  }
  const bottom = Math.max(0, ...[...shapes.values()].map(({ y, height }) => y + height))
  let lanes = 0
  for (const [nth, chain] of chains.entries()) {
    const shift = ((nth % SHIFTS) - SHIFTS / 2) * 7
    const flow = scope.flows.find(({ id }) => id === chain.flow)!
    const from = shapes.get(flow.from.id)!
    const to = shapes.get(flow.to.id)!
    if (chain.back) edges.set(chain.flow, wayBack(from, to, bottom + 12 + LANE * ++lanes, 12 + lanes * 5))
    else edges.set(chain.flow, wayOn(from, to, [...chain.through, chain.to], { shift, down: flow.from.kind.type === "boundary" }))
  }
  const right = Math.max(0, ...[...shapes.values()].map(({ x, width }) => x + width))
  return { width: right + MARGIN, height: bottom + MARGIN + LANE * lanes, shapes, edges }
}

/** Right out of the source, through the cells on the way, left into the target; bends lie in the gaps between layers. */
function wayOn(from: Box, to: Box, through: readonly Cell[], { shift, down }: { shift: number; down: boolean }): Point[] {
  let at = down
    ? { x: from.x + from.width / 2, y: from.y + from.height }
    : { x: from.x + from.width, y: from.y + from.height / 2 }
  const points: Point[] = [at]
  if (down) {
    at = { x: at.x, y: at.y + LANE + shift / 4 }
    points.push(at)
  }
  for (const cell of through) {
    const y = cell === through.at(-1) ? to.y + to.height / 2 : cell.y + cell.height / 2
    if (y !== at.y) {
      const bend = cell.left - GAP_X * 0.62 + shift
      points.push({ x: bend, y: at.y }, { x: bend, y })
    }
    at = { x: cell.x, y }
    points.push(at)
  }
  return points
}

/** Right out of the source, below everything, and from the left into the target. */
function wayBack(from: Box, to: Box, lane: number, aside: number): Point[] {
  const out = { x: from.x + from.width, y: from.y + from.height / 2 }
  const into = { x: to.x, y: to.y + to.height / 2 }
  const gap = Math.min(aside, GAP_X - 8)
  return [
    out,
    { x: out.x + gap, y: out.y },
    { x: out.x + gap, y: lane },
    { x: into.x - gap, y: lane },
    { x: into.x - gap, y: into.y },
    into,
  ]
}
