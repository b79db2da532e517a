// The map: sites that ask on the left, sites that answer on the right, an arrow for what passes between them.

import { formats } from "#kit/words.ts"
import type { Talk } from "#oversight"
import type { Frame } from "#platform/http"
import { exchangeWords } from "./words.ts"

const WIDTH = 440
const NODE = { width: 146, height: 52, gap: 22 } as const
const LEFT = 2
const RIGHT = WIDTH - NODE.width - 2
const HEAD = 34
const LINE_CHARS = 17
const LABEL = { width: 96, line: 18 } as const
/** Where along its arrow a label may stand, the best place first. */
const PLACES = [0.5, 0.36, 0.64, 0.26, 0.74, 0.18, 0.82]
const STROKE = { min: 1.75, max: 6 } as const

interface MapProps {
  readonly frame: Frame
  readonly talks: readonly Talk[]
  readonly own: string
  readonly nameOf: (site: string) => string
}

/** Drawn on the server; the same numbers stand in a table beneath it. */
export function TalkMap({ frame, talks, own, nameOf }: MapProps) {
  const t = exchangeWords(frame)
  const askers = [...new Set(talks.map(({ from }) => from))]
  const answerers = [...new Set(talks.map(({ to }) => to))]
  const rows = Math.max(askers.length, answerers.length)
  const height = HEAD + rows * (NODE.height + NODE.gap)
  const yIn = (sites: readonly string[], site: string) => HEAD + (height - HEAD) * ((sites.indexOf(site) + 0.5) / sites.length)
  const most = Math.max(...talks.map(({ count }) => count))
  const arrows = placed(talks.map((talk) => ({ talk, from: yIn(askers, talk.from), to: yIn(answerers, talk.to) })))
  const nodes = (sites: readonly string[], x: number) =>
    sites.map((site) => <Node key={site} x={x} y={yIn(sites, site)} name={nameOf(site)} own={site === own} />)
  return (
    <svg class="talks" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby="talks-title" aria-describedby="talks-table">
      <title id="talks-title">{t("mapDrawing")}</title>
      <text class="head" x={LEFT + NODE.width / 2} y={20}>
        {t("mapAsks")}
      </text>
      <text class="head" x={RIGHT + NODE.width / 2} y={20}>
        {t("mapAnswers")}
      </text>
      {arrows.map((arrow) => (
        <Arrow key={`${arrow.talk.from} ${arrow.talk.to}`} arrow={arrow} most={most} />
      ))}
      {nodes(askers, LEFT)}
      {nodes(answerers, RIGHT)}
      {arrows.map((arrow) => (
        <Label key={`${arrow.talk.from} ${arrow.talk.to}`} frame={frame} arrow={arrow} />
      ))}
    </svg>
  )
}

function Node({ x, y, name, own }: { x: number; y: number; name: string; own: boolean }) {
  const lines = inLines(name)
  const first = y - ((lines.length - 1) * LABEL.line) / 2 + 5
  return (
    <g class={own ? "own" : undefined}>
      <title>{name}</title>
      <rect x={x} y={y - NODE.height / 2} width={NODE.width} height={NODE.height} rx={7} />
      {lines.map((line, i) => (
        <text key={line} x={x + NODE.width / 2} y={first + i * LABEL.line}>
          {line}
        </text>
      ))}
    </g>
  )
}

/** A name in at most two lines. */
function inLines(name: string): string[] {
  const lines: string[] = [""]
  for (const word of name.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (longer.length <= LINE_CHARS || lines.at(-1) === "") lines[lines.length - 1] = longer
    else lines.push(word)
  }
  if (lines.length <= 2) return lines.map(cut)
  return [cut(lines[0]!), cut(`${lines[1]}…`)]
}

const cut = (line: string): string => (line.length > LINE_CHARS + 1 ? `${line.slice(0, LINE_CHARS)}…` : line)

interface Placed {
  readonly talk: Talk
  readonly from: number
  readonly to: number
  /** Middle of the label. */
  readonly x: number
  readonly y: number
}

const linesOf = ({ failed }: Talk): number => (failed > 0 ? 2 : 1)

/** Gives each label a place on its arrow where no other stands. */
function placed(arrows: readonly Pick<Placed, "talk" | "from" | "to">[]): Placed[] {
  const done: Placed[] = []
  for (const arrow of arrows) {
    const spots = PLACES.map((share) => ({ ...arrow, ...pointOn(arrow, share) }))
    const free = spots.find((spot) => done.every((other) => !overlaps(spot, other)))
    done.push(free ?? spots[0]!)
  }
  return done
}

const overlaps = (a: Placed, b: Placed): boolean =>
  Math.abs(a.x - b.x) < LABEL.width + 4 && Math.abs(a.y - b.y) < ((linesOf(a.talk) + linesOf(b.talk)) * LABEL.line) / 2 + 8

const START = LEFT + NODE.width
const END = RIGHT - 7
const MIDDLE = (START + END) / 2

/** A point on the curve between two sites (cubic Bézier, its handles in the middle). */
function pointOn({ from, to }: Pick<Placed, "from" | "to">, s: number): { x: number; y: number } {
  const of = (a: number, b: number, c: number, d: number) =>
    (1 - s) ** 3 * a + 3 * (1 - s) ** 2 * s * b + 3 * (1 - s) * s ** 2 * c + s ** 3 * d
  return { x: of(START, MIDDLE, MIDDLE, END), y: of(from, from, to, to) }
}

function Arrow({ arrow: { talk, from, to }, most }: { arrow: Placed; most: number }) {
  const share = most > 1 ? Math.log(talk.count + 1) / Math.log(most + 1) : 0
  const width = STROKE.min + (STROKE.max - STROKE.min) * share
  return (
    <g class={talk.failed > 0 ? "arrow bad" : "arrow"}>
      <path d={`M${START} ${from}C${MIDDLE} ${from} ${MIDDLE} ${to} ${END} ${to}`} stroke-width={width.toFixed(2)} />
      <polygon points={`${RIGHT},${to} ${RIGHT - 13},${to - 8} ${RIGHT - 13},${to + 8}`} />
    </g>
  )
}

function Label({ frame, arrow: { talk, x, y } }: { frame: Frame; arrow: Placed }) {
  const t = exchangeWords(frame)
  const height = linesOf(talk) * LABEL.line + 6
  return (
    <g class={talk.failed > 0 ? "label bad" : "label"}>
      <rect x={x - LABEL.width / 2} y={y - height / 2} width={LABEL.width} height={height} rx={5} />
      <text x={x} y={y - height / 2 + LABEL.line - 2}>
        {t("perMinute", { count: rateOf(frame, talk.perMinute) })}
      </text>
      {talk.failed > 0 && (
        <text class="fault" x={x} y={y - height / 2 + 2 * LABEL.line - 2}>
          {`⚠ ${t("failures", { count: talk.failed })}`}
        </text>
      )}
    </g>
  )
}

/** Small rates to two digits, large ones whole. */
export const rateOf = (frame: Frame, perMinute: number): string =>
  formats(frame).number(perMinute, perMinute < 1 ? 2 : perMinute < 10 ? 1 : 0)
