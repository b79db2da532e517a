// A graph as an SVG picture of our own: what stands where, what is done, where it stands; told in words for those who don't see it.
import type { Flow, Graph, GraphNode, Scope } from "./graph.ts"
import { type Label, LINE_HEIGHT, labelsOf, type Names } from "./labels.ts"
import { type Box, type Direction, type Layout, layoutOf, type Point } from "./layout.ts"
import { escaped } from "./write-bpmn.ts"

export interface Drawing {
  /** Name of the picture. */
  readonly title: string
  /** The same in words: where the case stands and what comes. */
  readonly description: string
  /** What a node and a flow are called; their own names unless said. */
  readonly nameOf?: (node: GraphNode) => string
  readonly flowNameOf?: (flow: Flow) => string
  /** Nodes on which something stands. */
  readonly at?: readonly string[]
  /** Nodes already passed. */
  readonly passed?: readonly string[]
  /** Goes before every id in the picture, where a page shows several. */
  readonly prefix?: string
  /** Whither flows lead: to the right unless said; `down` fits a narrow page. */
  readonly direction?: Direction
  /** Leaves out gateways with one way in and one out: nothing is decided there. */
  readonly leavesIdleGates?: boolean
  /** Without its own style sheet: the page has rules for `svg.mp`, as a strict content policy asks. */
  readonly isUnstyled?: boolean
}

/** Colours are variables that a page may set; without them they follow the reader's preference for light or dark. */
const STYLE = [
  ".mp{--p-line:var(--process-line,#334155);--p-fill:var(--process-fill,#fff);--p-text:var(--process-text,#0f172a);--p-at:var(--process-at,#b45309);--p-at-fill:var(--process-at-fill,#fef3c7);--p-passed:var(--process-passed,#e2e8f0);font:13px/1.2 system-ui,sans-serif}",
  "@media(prefers-color-scheme:dark){.mp{--p-line:var(--process-line,#cbd5e1);--p-fill:var(--process-fill,#0f172a);--p-text:var(--process-text,#f1f5f9);--p-at:var(--process-at,#fbbf24);--p-at-fill:var(--process-at-fill,#451a03);--p-passed:var(--process-passed,#334155)}}",
  ".mp .s{fill:var(--p-fill);stroke:var(--p-line);stroke-width:1.5}.mp .i{fill:none;stroke:var(--p-line);stroke-width:1.5}.mp .f{fill:none;stroke:var(--p-line);stroke-width:1.25}.mp .h{fill:var(--p-line)}.mp text{fill:var(--p-text)}.mp .passed .s{fill:var(--p-passed)}.mp .at .s{fill:var(--p-at-fill);stroke:var(--p-at);stroke-width:3}.mp .p{fill:var(--p-at)}.mp .e{stroke-width:3.5}.mp .d{stroke-dasharray:4 3}.mp .l{font-size:11px}.mp .n{paint-order:stroke;stroke:var(--p-fill);stroke-width:3}",
].join("")

/** Pixels of width that a narrow page can shrink to its own and still be read. */
const FITS_MAX = 470

/** The main process as one SVG element, where it stands with the ids `PREFIX-at-0` and on: `role="img"` with title and description, no script, no font, no picture from elsewhere. */
export function drawGraph(graph: Graph, drawing: Drawing): string {
  const main = graph.processes.get(graph.main)!
  const scope = drawing.leavesIdleGates ? withoutIdleGates(main) : main
  const layout = layoutOf(scope, drawing.direction)
  const prefix = escaped(drawing.prefix ?? "process")
  const { width, height } = layout
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mp${width <= FITS_MAX ? " fits" : ""}" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title id="${prefix}-title">${escaped(drawing.title)}</title><desc id="${prefix}-desc">${escaped(drawing.description)}</desc>`,
    ...(drawing.isUnstyled ? [] : [`<style>${STYLE}</style>`]),
    `<defs><marker id="${prefix}-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="h" d="M0 0L10 5L0 10z"/></marker></defs>`,
    ...scopeSvg(scope, layout, drawing, prefix),
    "</svg>",
  ].join("\n")
}

function withoutIdleGates(scope: Scope): Scope {
  let { nodes, flows } = scope
  for (const gate of scope.nodes.filter(({ kind }) => kind.type === "gateway")) {
    const into = flows.filter(({ to }) => to === gate)
    const out = flows.filter(({ from }) => from === gate)
    if (into.length !== 1 || out.length !== 1) continue
    const { to } = out[0]!
    flows = flows.filter((flow) => flow !== out[0]).map((flow) => (flow === into[0] ? { ...flow, to } : flow))
    nodes = nodes.filter((node) => node !== gate)
  }
  return { ...scope, nodes, flows }
}

function scopeSvg(scope: Scope, layout: Layout, drawing: Drawing, prefix: string): string[] {
  const order = [...scope.nodes].sort((one, other) => Number(isAttached(one)) - Number(isAttached(other)))
  const { direction = "right" } = drawing
  const names: Names = {
    flow: (flow) => drawing.flowNameOf?.(flow) ?? flow.name,
    node: (node) => linesBeside(node, nodeName(node, drawing), direction),
  }
  const labels = labelsOf(scope, layout, direction, names)
  return [
    ...scope.flows.map(({ id }) => flowSvg(layout.edges.get(id) ?? [], prefix)),
    ...scope.flows.map((flow) => labelSvg([names.flow(flow)], labels.get(flow.id))),
    ...order.flatMap((node) => [
      nodeSvg(node, layout.shapes.get(node.id)!, drawing, prefix, labelSvg(names.node(node), labels.get(node.id))),
      ...(node.body ? scopeSvg(node.body, layout, drawing, prefix) : []),
    ]),
  ]
}

const nodeName = (node: GraphNode, { nameOf }: Drawing): string => (nameOf ? nameOf(node) : node.name)

const isAttached = ({ kind }: GraphNode): boolean => kind.type === "boundary"

function flowSvg(points: readonly Point[], prefix: string): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("")
  return `<path class="f" d="${path}" marker-end="url(#${prefix}-head)"/>`
}

function labelSvg(lines: readonly string[], label: Label | undefined): string {
  if (!label) return ""
  const { x, y, anchor } = label
  const spans = lines.map((line, i) => `<tspan x="${x}" y="${y + i * LINE_HEIGHT}">${escaped(line)}</tspan>`)
  return `<text class="l n" text-anchor="${anchor}">${spans.join("")}</text>`
}

function nodeSvg(node: GraphNode, box: Box, drawing: Drawing, prefix: string, label: string): string {
  const { at, passed, direction } = drawing
  const name = nodeName(node, drawing)
  const state = at?.includes(node.id) ? "at" : passed?.includes(node.id) ? "passed" : ""
  const current = state === "at" ? ` id="${prefix}-at-${at!.indexOf(node.id)}" aria-current="step"` : ""
  const title = name ? `<title>${escaped(name)}</title>` : ""
  const text = label || nameSvg(node, name, box, direction)
  return `<g class="${state}"${current} data-node="${escaped(node.id)}">${title}${shapeOf(node, box)}${text}${stateMark(node, state, box, direction)}</g>`
}

/** Colour alone tells nothing to some: a pin before where it stands, a tick on a task that is done. */
function stateMark({ kind }: GraphNode, state: string, { x, y, width, height }: Box, direction: Direction = "right"): string {
  if (state === "at" && direction === "down") return `<path class="p" d="M${x - 19} ${y + height / 2 - 9}v18l15 -9z"/>`
  if (state === "at") return `<path class="p" d="M${x + width / 2 - 9} ${y - 18}h18l-9 14z"/>`
  if (state !== "passed" || kind.type !== "task") return ""
  return `<path class="i" d="M${x + width - 22} ${y + 13}l5 5l10 -10"/>`
}

function shapeOf(node: GraphNode, { x, y, width, height }: Box): string {
  const { kind } = node
  const [cx, cy] = [x + width / 2, y + height / 2]
  switch (kind.type) {
    case "gateway":
      return `<path class="s" d="M${cx} ${y}L${x + width} ${cy}L${cx} ${y + height}L${x} ${cy}z"/>${gatewayMark(kind.gateway, cx, cy)}`
    case "start":
    case "end":
    case "catch":
    case "throw":
    case "boundary": {
      const dashed = kind.type !== "end" && !node.interrupting ? " d" : ""
      const ring = kind.type === "start" || kind.type === "end" ? "" : `<circle class="i${dashed}" cx="${cx}" cy="${cy}" r="14"/>`
      const circle = `<circle class="s${kind.type === "end" ? " e" : ""}${dashed}" cx="${cx}" cy="${cy}" r="18"/>`
      return `${circle}${ring}${eventMark(node, cx, cy)}`
    }
    default: {
      const dashed = kind.type === "event-sub" ? " d" : ""
      const thick = kind.type === "call" ? " e" : ""
      const double =
        kind.type === "transaction"
          ? `<rect class="i" x="${x + 4}" y="${y + 4}" width="${width - 8}" height="${height - 8}" rx="6"/>`
          : ""
      return `<rect class="s${dashed}${thick}" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>${double}${loopMark(node, cx, y + height)}`
    }
  }
}

function gatewayMark(gateway: string, x: number, y: number): string {
  const cross = `M${x - 8} ${y - 8}L${x + 8} ${y + 8}M${x + 8} ${y - 8}L${x - 8} ${y + 8}`
  const plus = `M${x - 11} ${y}H${x + 11}M${x} ${y - 11}V${y + 11}`
  if (gateway === "exclusive") return `<path class="i" d="${cross}"/>`
  if (gateway === "parallel") return `<path class="i" d="${plus}"/>`
  if (gateway === "complex") return `<path class="i" d="${cross}${plus}"/>`
  if (gateway === "inclusive") return `<circle class="i" cx="${x}" cy="${y}" r="11"/>`
  return `<circle class="i" cx="${x}" cy="${y}" r="13"/><circle class="i" cx="${x}" cy="${y}" r="9"/>`
}

function eventMark({ events }: GraphNode, x: number, y: number): string {
  switch (events[0]?.on) {
    case "timer":
      return `<path class="i" d="M${x} ${y - 8}V${y}L${x + 6} ${y + 3}"/>`
    case "message":
      return `<path class="i" d="M${x - 9} ${y - 6}H${x + 9}V${y + 6}H${x - 9}zL${x} ${y + 1}L${x + 9} ${y - 6}"/>`
    case "signal":
      return `<path class="i" d="M${x} ${y - 9}L${x + 8} ${y + 6}H${x - 8}z"/>`
    case "error":
      return `<path class="i" d="M${x - 8} ${y + 7}L${x - 3} ${y - 6}L${x + 3} ${y + 3}L${x + 8} ${y - 8}"/>`
    case "escalation":
      return `<path class="i" d="M${x} ${y - 9}L${x + 7} ${y + 8}L${x} ${y + 1}L${x - 7} ${y + 8}z"/>`
    case "terminate":
      return `<circle class="h" cx="${x}" cy="${y}" r="10"/>`
    case "compensate":
      return `<path class="i" d="M${x} ${y - 6}L${x - 8} ${y}L${x} ${y + 6}zM${x + 8} ${y - 6}L${x} ${y}L${x + 8} ${y + 6}z"/>`
    case "cancel":
      return `<path class="i" d="M${x - 7} ${y - 7}L${x + 7} ${y + 7}M${x + 7} ${y - 7}L${x - 7} ${y + 7}"/>`
    case "condition":
      return `<path class="i" d="M${x - 7} ${y - 8}H${x + 7}V${y + 8}H${x - 7}zM${x - 4} ${y - 4}H${x + 4}M${x - 4} ${y}H${x + 4}M${x - 4} ${y + 4}H${x + 4}"/>`
    case "link":
      return `<path class="i" d="M${x - 8} ${y - 3}H${x + 2}V${y - 7}L${x + 9} ${y}L${x + 2} ${y + 7}V${y + 3}H${x - 8}z"/>`
    default:
      return ""
  }
}

function loopMark({ loop }: GraphNode, x: number, bottom: number): string {
  if (!loop) return ""
  const y = bottom - 12
  if (loop.loop === "standard") return `<path class="i" d="M${x + 4} ${y + 5}A6 6 0 1 0 ${x - 4} ${y + 5}H${x - 8}"/>`
  const lines = [-4, 0, 4]
  const path = lines.map((d) => (loop.sequential ? `M${x - 6} ${y + d}H${x + 6}` : `M${x + d} ${y - 5}V${y + 5}`)).join("")
  return `<path class="i" d="${path}"/>`
}

const LINE_CHARS = { right: 17, down: 12 } as const
const LINES_MAX = 3

const isNamedWithin = ({ kind, body }: GraphNode): boolean => kind.type === "task" || kind.type === "call" || body !== undefined

/** The name of an event or gateway by lines: narrow beneath an end where flows lead down. */
function linesBeside(node: GraphNode, name: string, direction: Direction): readonly string[] {
  if (!name || isNamedWithin(node)) return []
  return direction === "down" && node.kind.type === "end" ? linesOf(name, LINE_CHARS.down) : [name]
}

/** The name in a task by lines, at the head of a sub-process. */
function nameSvg(node: GraphNode, name: string, { x, y, width, height }: Box, direction: Direction = "right"): string {
  if (!name || !isNamedWithin(node)) return ""
  if (node.body) return `<text x="${x + 10}" y="${y + 18}">${escaped(name)}</text>`
  const lines = linesOf(name, LINE_CHARS[direction])
  const first = y + height / 2 - (lines.length - 1) * 8.5 + 5
  const spans = lines.map((line, i) => `<tspan x="${x + width / 2}" y="${first + i * 17}">${escaped(line)}</tspan>`)
  return `<text text-anchor="middle">${spans.join("")}</text>`
}

function linesOf(name: string, charsMax: number): string[] {
  const lines: string[] = [""]
  for (const word of name.split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word
    if (longer.length <= charsMax || !lines.at(-1)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  if (lines.length <= LINES_MAX) return lines
  return [...lines.slice(0, LINES_MAX - 1), `${lines[LINES_MAX - 1]}…`]
}
