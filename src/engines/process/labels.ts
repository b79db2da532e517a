// Where the names of flows and ends stand in a drawing: beside their own line or circle, at the first place free of lines, shapes and other names.
import type { Flow, GraphNode, Scope } from "./graph.ts"
import type { Box, Direction, Layout, Point } from "./layout.ts"
import { DRAWING_COMPARISONS_MAX } from "./limits.ts"

/** Where a name stands: `y` is the base of its first line. */
export interface Label extends Point {
  readonly anchor: "start" | "middle" | "end"
}

/** What stands in a drawing of a scope beside lines and shapes, by lines of text; nothing where a name stands within its shape. */
export interface Names {
  readonly flow: (flow: Flow) => string
  readonly node: (node: GraphNode) => readonly string[]
}

interface Place {
  /** What it counts before anything is met. */
  readonly cost: number
  readonly box: Box
  readonly label: Label
}

/** Pixels from one line of text to the next. */
export const LINE_HEIGHT = 15
/** From the base of a line to its lower end. */
const BELOW = 4
/** Pixels of letters without their marks, rather more than less. */
const [NARROW, LETTER, WIDE] = [4.2, 7.2, 11]
/** Pixels between a name and its line; on each side of a line; and of its head, and how long that is. */
const [GAP, STROKE, HEAD, HEAD_LENGTH] = [5, 1.5, 7, 12]
/** Pixels kept free around a shape; and by which a gateway, being a diamond, leaves its corners free. */
const [CLEAR, CORNER] = [2, 6]
/** What meeting a shape or another name counts, and meeting a line, where standing by the next piece of its own line counts one. */
const [SOLID, CROSSED] = [6, 2]
/** Pixels between two places along a line, and how many of them are tried. */
const [STEP, STEPS_MAX] = [3, 64]

const widthOf = (name: string): number =>
  [...name.normalize("NFD").replace(/\p{M}/gu, "")].reduce(
    (sum, letter) => sum + (/[ fijlrtI.,:;()|!'-]/.test(letter) ? NARROW : /[mwMW\p{Script=Han}]/u.test(letter) ? WIDE : LETTER),
    0,
  )

/** Places of the names of a scope by the ids of flows and nodes; a name for which nothing is free stands where it meets least. */
export function labelsOf(scope: Scope, layout: Layout, direction: Direction, names: Names): ReadonlyMap<string, Label> {
  const solids = scope.nodes.map(({ id, kind }) => grown(layout.shapes.get(id)!, kind.type === "gateway" ? -CORNER : CLEAR))
  const lines = scope.flows.flatMap(({ id }) => linesOf(layout.edges.get(id) ?? []))
  const labels = new Map<string, Label>()
  const choose = chooserOf(solids, lines, layout)
  const put = (id: string, places: readonly Place[]) => {
    const place = choose(places)
    if (!place) return
    solids.push(place.box)
    labels.set(id, place.label)
  }
  for (const node of scope.nodes) put(node.id, placesOfNode(node, layout.shapes.get(node.id)!, names.node(node), direction))
  for (const flow of scope.flows) put(flow.id, placesOfFlow(layout.edges.get(flow.id) ?? [], names.flow(flow), direction))
  return labels
}

/** The pieces of a line as boxes, and its head. */
function linesOf(points: readonly Point[]): Box[] {
  const pieces = piecesOf(points).map(([from, to]) => around(from, to, STROKE))
  const [from, to] = piecesOf(points).at(-1) ?? []
  if (!from || !to) return pieces
  const back = { x: to.x - Math.sign(to.x - from.x) * HEAD_LENGTH, y: to.y - Math.sign(to.y - from.y) * HEAD_LENGTH }
  return [...pieces, around(back, to, HEAD)]
}

type Piece = readonly [from: Point, to: Point]

const piecesOf = (points: readonly Point[]): Piece[] => points.slice(1).map((to, i) => [points[i]!, to])

const around = (one: Point, other: Point, room: number): Box =>
  grown(
    {
      ...{ x: Math.min(one.x, other.x), y: Math.min(one.y, other.y) },
      ...{ width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) },
    },
    room,
  )

const grown = ({ x, y, width, height }: Box, room: number): Box => ({
  ...{ x: x - room, y: y - room, width: width + 2 * room, height: height + 2 * room },
})

/** Chooses the first place within the drawing that meets nothing, or the one that meets least. */
function chooserOf(
  solids: readonly Box[],
  lines: readonly Box[],
  { width, height }: Layout,
): (places: readonly Place[]) => Place | undefined {
  let comparisons = 0
  return (places) => {
    let [best, least] = [places[0], Number.POSITIVE_INFINITY]
    for (const place of places) {
      if (least <= place.cost || comparisons > DRAWING_COMPARISONS_MAX) break
      const { box } = place
      if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height) continue
      comparisons += solids.length + lines.length
      const met = (others: readonly Box[]) => others.filter((other) => meets(box, other)).length
      const cost = place.cost + SOLID * met(solids) + CROSSED * met(lines)
      if (cost < least) [best, least] = [place, cost]
    }
    return best
  }
}

const meets = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height

/** Beneath the shape, to its right, to its left; where flows lead down out of it, beside it first. */
function placesOfNode({ kind }: GraphNode, shape: Box, lines: readonly string[], direction: Direction): Place[] {
  if (lines.length === 0) return []
  const size = { width: Math.max(...lines.map(widthOf)), height: lines.length * LINE_HEIGHT }
  const middle = { x: shape.x + (shape.width - size.width) / 2, y: shape.y + (shape.height - size.height) / 2 }
  const beneath = placeAt({ x: middle.x, y: shape.y + shape.height + GAP, ...size }, "middle")
  const beside = [
    placeAt({ x: shape.x + shape.width + GAP, y: middle.y, ...size }, "start"),
    placeAt({ x: shape.x - GAP - size.width, y: middle.y, ...size }, "end"),
  ]
  return direction === "right" || kind.type === "end" ? [beneath, ...beside] : [...beside, beneath]
}

const placeAt = (box: Box, anchor: Label["anchor"], cost = 0): Place => ({
  cost,
  box,
  label: { x: box.x + { start: 0, middle: box.width / 2, end: box.width }[anchor], y: box.y + LINE_HEIGHT - BELOW, anchor },
})

/**
 * Beside the pieces of its line. The first is often that of other flows too: it comes last, but of a way back, which soon lies
 * among others, it comes first and is taken from where it ends.
 */
function placesOfFlow(points: readonly Point[], name: string, direction: Direction): Place[] {
  const [first, ...own] = piecesOf(points)
  if (!first || !name) return []
  const last = own.at(-1) ?? first
  const isAlong = ([from, to]: Piece) => (direction === "down" ? from.x === to.x : from.y === to.y)
  const isBack = direction === "down" ? last[1].y < first[0].y : last[1].x < first[0].x
  const pieces = isBack ? own : [...own.filter(isAlong), ...own.filter((piece) => !isAlong(piece))]
  const stem: Piece = isBack ? [first[1], first[0]] : first
  return (isBack ? [stem, ...pieces] : [...pieces, stem]).flatMap((piece, nth) => placesBeside(piece, widthOf(name), nth))
}

/** Along one piece from its beginning, on the one side and then on the other. */
function placesBeside([from, to]: Piece, width: number, cost: number): Place[] {
  const isUpright = from.x === to.x
  const length = isUpright ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x)
  const size = isUpright ? LINE_HEIGHT : width
  const count = Math.min(STEPS_MAX, Math.max(1, Math.floor((length - size) / STEP) + 1))
  const steps = Array.from({ length: count }, (_, i) => GAP / 2 + i * STEP)
  const forward = isUpright ? to.y > from.y : to.x > from.x
  const start = isUpright ? from.y : from.x
  const offsets = steps.map((step) => (forward ? start + step : start - step - size))
  return [1, -1].flatMap((side) =>
    offsets.map((at) => {
      if (isUpright)
        return side > 0
          ? placeAt({ x: from.x + GAP, y: at, width, height: LINE_HEIGHT }, "start", cost)
          : placeAt({ x: from.x - GAP - width, y: at, width, height: LINE_HEIGHT }, "end", cost)
      const y = side > 0 ? from.y - LINE_HEIGHT - STROKE : from.y + STROKE
      return placeAt({ x: at, y, width, height: LINE_HEIGHT }, forward ? "start" : "end", cost)
    }),
  )
}
