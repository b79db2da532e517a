// Where the nodes and flows of a graph lie when it is drawn: in layers from left to right with ways back below, or the same turned, from top to bottom.
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

/** Whither flows lead: `right` as BPMN is drawn, `down` where a page is narrow. */
export type Direction = "right" | "down"

/**
 * Room between layers (`ahead`) and between neighbours of one (`beside`), for ways back (`lane`), around everything and after the last layer; where flows bend
 * before the next layer, how far apart, and how near to its nodes ways back go.
 */
const ROOMS = {
  right: { ahead: 96, beside: 36, lane: 14, margin: 28, after: 28, bend: 59.5, shift: 7, near: 12, nearer: 5 },
  down: { ahead: 76, beside: 14, lane: 10, margin: 22, after: 46, bend: 40, shift: 5, near: 8, nearer: 3 },
} as const
/** Above the content of a sub-process, for its name. */
const HEAD = 24
/** On either side of an end, whose name stands beneath it. */
const END_ROOM = 26
/** Bends of different flows lie beside each other. */
const SHIFTS = 5
const SWEEPS = 4

interface Cell {
  readonly id: string
  readonly width: number
  readonly height: number
  /** Kept free before and behind it within its layer. */
  readonly room: number
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
export function layoutOf(scope: Scope, direction: Direction = "right"): Layout {
  const layout = laid(scope, direction)
  return direction === "right" ? layout : turned(layout)
}

/** Left is up and up is left. */
function turned({ width, height, shapes, edges }: Layout): Layout {
  const point = ({ x, y }: Point): Point => ({ x: y, y: x })
  return {
    width: height,
    height: width,
    shapes: new Map([...shapes].map(([id, box]) => [id, { ...point(box), width: box.height, height: box.width }])),
    edges: new Map([...edges].map(([id, points]) => [id, points.map(point)])),
  }
}

/** From left to right; what shall be turned has its sizes turned already. */
function laid(scope: Scope, direction: Direction): Layout {
  const inner = new Map(
    scope.nodes.flatMap((node) => (node.body ? [[node.id, laid(node.body, direction)]] : [])) as [string, Layout][],
  )
  const cells = new Map<string, Cell>()
  for (const node of scope.nodes) {
    if (node.kind.type === "boundary") continue
    const room = direction === "down" && node.kind.type === "end" ? END_ROOM : 0
    cells.set(node.id, cellOf(node.id, { ...sizeOf(node, inner.get(node.id), direction), room }))
  }
  const links = linksOf(scope, cells)
  assignLayers(cells, links)
  const chains = chainsOf(links, ROOMS[direction].lane)
  const rows = rowsOf([...cells.values(), ...chains.flatMap(({ through }) => through)])
  placeRows(rows, direction)
  return drawn(scope, cells, chains, inner, direction)
}

type Size = Pick<Box, "width" | "height">

const cellOf = (id: string, { width, height, room }: Size & { room: number }): Cell => ({
  id,
  width,
  height,
  room,
  layer: 0,
  rank: 0,
  x: 0,
  y: 0,
  left: 0,
  before: [],
  after: [],
})

function sizeOf({ kind }: GraphNode, inner: Layout | undefined, direction: Direction): Size {
  const isRight = direction === "right"
  if (inner && isRight) return { width: Math.max(inner.width, 120), height: inner.height + HEAD }
  if (inner) return { width: inner.width + HEAD, height: Math.max(inner.height, 120) }
  if (kind.type === "gateway") return { width: 50, height: 50 }
  if (kind.type === "start" || kind.type === "end" || kind.type === "catch" || kind.type === "throw")
    return { width: 36, height: 36 }
  return isRight ? { width: 130, height: 70 } : { width: 64, height: 104 }
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
function chainsOf(links: readonly Link[], lane: number): Chain[] {
  let room = DRAWING_CELLS_MAX
  return links.map((link) => {
    room -= link.back ? 0 : Math.max(0, link.to.layer - link.from.layer - 1)
    if (link.back || room < 0) return { ...link, through: [] }
    const through: Cell[] = []
    let last = link.from
    for (let layer = link.from.layer + 1; layer < link.to.layer; layer++) {
      const cell = { ...cellOf(`${link.flow}/${layer}`, { width: 0, height: lane, room: 0 }), layer, before: [last], after: [] }
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

function placeRows(rows: readonly (readonly Cell[])[], direction: Direction): void {
  const { ahead, beside, margin } = ROOMS[direction]
  const heights = rows.map((row) => row.reduce((sum, { height, room }) => sum + height + 2 * room + beside, -beside))
  const tallest = Math.max(0, ...heights)
  let x = margin
  rows.forEach((row, layer) => {
    const width = Math.max(...row.map((cell) => cell.width))
    let y = margin + (tallest - heights[layer]!) / 2
    for (const cell of row) {
      cell.x = Math.round(x + (width - cell.width) / 2)
      cell.y = Math.round(y + cell.room)
      cell.left = Math.round(x)
      y += cell.height + 2 * cell.room + beside
    }
    x += width + ahead
  })
}

function drawn(
  scope: Scope,
  cells: ReadonlyMap<string, Cell>,
  chains: readonly Chain[],
  inner: ReadonlyMap<string, Layout>,
  direction: Direction,
): Layout {
  const { ahead, lane, margin, after, bend, shift, near, nearer } = ROOMS[direction]
  const head = direction === "right" ? { x: 0, y: HEAD } : { x: HEAD, y: 0 }
  const shapes = new Map<string, Box>()
  const edges = new Map<string, readonly Point[]>()
  for (const { id, x, y, width, height } of cells.values()) {
    shapes.set(id, { x, y, width, height })
    const content = inner.get(id)
    if (!content) continue
    for (const [name, box] of content.shapes) shapes.set(name, { ...box, x: box.x + x + head.x, y: box.y + y + head.y })
    for (const [name, points] of content.edges)
      edges.set(
        name,
        points.map((p) => ({ x: p.x + x + head.x, y: p.y + y + head.y })),
      )
  }
  const attached = new Map<string, number>()
  for (const { id, kind, host } of scope.nodes) {
    const at = host && shapes.get(host.id)
    if (kind.type !== "boundary" || !at) continue
    const nth = attached.get(host.id) ?? 0
    attached.set(host.id, nth + 1)
    const along = direction === "right" ? 18 + nth * 46 : at.width - 22 - nth * 46
    shapes.set(id, { x: at.x + along, y: at.y + at.height - 18, width: 36, height: 36 })
  }
  const bottom = Math.max(
    0,
    ...[...cells.values()].map(({ y, height, room }) => y + height + room),
    ...[...shapes.values()].map(({ y, height }) => y + height),
  )
  let lanes = 0
  for (const [nth, chain] of chains.entries()) {
    const flow = scope.flows.find(({ id }) => id === chain.flow)!
    const from = shapes.get(flow.from.id)!
    const to = shapes.get(flow.to.id)!
    if (chain.back) {
      const aside = Math.min(near + ++lanes * nearer, ahead - 8)
      edges.set(chain.flow, wayBack(from, to, bottom + 12 + lane * lanes, aside))
    } else {
      const before = bend - ((nth % SHIFTS) - SHIFTS / 2) * shift
      edges.set(
        chain.flow,
        wayOn(from, to, [...chain.through, chain.to], { bend: before, down: flow.from.kind.type === "boundary" ? lane : 0 }),
      )
    }
  }
  const right = Math.max(0, ...[...shapes.values()].map(({ x, width }) => x + width))
  return { width: right + after, height: bottom + margin + lane * lanes, shapes, edges }
}

/** Right out of the source, through the cells on the way, left into the target; bends lie in the gaps between layers. */
function wayOn(from: Box, to: Box, through: readonly Cell[], { bend, down }: { bend: number; down: number }): Point[] {
  let at = down
    ? { x: from.x + from.width / 2, y: from.y + from.height }
    : { x: from.x + from.width, y: from.y + from.height / 2 }
  const points: Point[] = [at]
  if (down) {
    at = { x: at.x, y: at.y + down }
    points.push(at)
  }
  for (const cell of through) {
    const y = cell === through.at(-1) ? to.y + to.height / 2 : cell.y + cell.height / 2
    if (y !== at.y) {
      points.push({ x: cell.left - bend, y: at.y }, { x: cell.left - bend, y })
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
  return [
    out,
    { x: out.x + aside, y: out.y },
    { x: out.x + aside, y: lane },
    { x: into.x - aside, y: lane },
    { x: into.x - aside, y: into.y },
    into,
  ]
}
