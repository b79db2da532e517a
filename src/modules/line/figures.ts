// How much passes between whom, how fast and how well: counted in memory as it passes, handed over minute by minute.
import { parseClientId, printId } from "#engines/xroad"
import { FIGURES_WAITING_MAX, SERIES_MAX } from "./limits.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"

/** consumer: one of our subsystems has asked. provider: a peer has asked one of our services. */
export type FigureSide = "consumer" | "provider"

/** Upper ends of the classes of latency, milliseconds; one class more holds what took longer. */
export const LATENCY_BOUNDS_MS = [
  1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
] as const

/** What passed of one service between two parties. Names of subsystems and services, never a path. */
export interface Tally {
  readonly side: FigureSide
  /** `I/C/M/S`, and `I/C/M/S/SERVICE`; "-" for what names none, and for what is one name too many. */
  readonly consumer: string
  readonly service: string
  count: number
  /** Those that the road refused, or that were answered with 400 and more. */
  failed: number
  /** Failures by the road's code, or `http.404`. */
  readonly codes: Record<string, number>
  requestBytes: number
  responseBytes: number
  /** Counts by the classes of LATENCY_BOUNDS_MS. */
  readonly latency: number[]
  totalMs: number
}

/** The tallies of one minute. */
export interface MinuteTally extends Tally {
  /** The minute's beginning. */
  readonly minuteAt: Date
}

/** One exchange, as it is counted. */
export interface Passed {
  readonly side: FigureSide
  /** X-Road-Client as it came. */
  readonly client: string | undefined
  readonly url: string
  readonly protocol: Protocol
  /** Milliseconds since 1970. */
  readonly from: number
  readonly until: number
  readonly requestBytes: number
  readonly responseBytes: number
  /** Undefined for what went well. */
  readonly failure: string | undefined
}

const MINUTE_MS = 60_000
const NOBODY = "-"
/** Parts of an address that name its service: `/r1/I/C/M/S/SERVICE`. */
const SERVICE_SLASHES = 7

/** Tallies by client and service as they came. */
type Under = Map<string, Map<string, Tally>>

/** Counts; one for a site, whatever lines come and go. */
export class Figures {
  private readonly all = new Map<string, Tally>()
  private minute: Record<FigureSide, Under> = { consumer: new Map(), provider: new Map() }
  private names = 0
  private minuteAt = 0
  private minuteEnds = 0
  private waiting: MinuteTally[] = []

  /** Counts one exchange; done for each, so that names are read once a minute. */
  count(passed: Passed): void {
    if (passed.until >= this.minuteEnds) this.turn(passed.until - (passed.until % MINUTE_MS))
    const { side, client = NOBODY, url } = passed
    const part = servicePart(url)
    add(this.minute[side].get(client)?.get(part) ?? this.fresh(side, client, part, passed.protocol), passed)
  }

  /** Everything since the process began. */
  totals(): readonly Tally[] {
    const totals = new Map([...this.all].map(([key, tally]) => [key, copyOf(tally)]))
    for (const tally of this.counted()) addTo(totals, tally)
    return [...totals.values()]
  }

  /** Hands over the minutes that have ended before `now`; with `whole` the one under way too. */
  take(now: Date, whole = false): readonly MinuteTally[] {
    if (whole || now.getTime() >= this.minuteEnds) this.turn(this.minuteAt)
    const taken = this.waiting
    this.waiting = []
    return taken
  }

  /** Takes back what could not be kept. */
  giveBack(tallies: readonly MinuteTally[]): void {
    this.waiting = [...tallies, ...this.waiting].slice(0, FIGURES_WAITING_MAX)
  }

  /** What nobody has taken yet, the minute under way among it. */
  open(): readonly MinuteTally[] {
    return [...this.waiting, ...this.ended()]
  }

  /** The tally of a pair that is new in this minute; with one name too many that of nobody. */
  private fresh(side: FigureSide, client: string, part: string, protocol: Protocol): Tally {
    if (this.names >= SERIES_MAX && part !== NOBODY)
      return this.minute[side].get(NOBODY)?.get(NOBODY) ?? this.fresh(side, NOBODY, NOBODY, protocol)
    this.names++
    const tally: Tally = {
      ...{ side, consumer: clientName(client), service: serviceName(part, protocol) },
      ...{ count: 0, failed: 0, codes: {}, requestBytes: 0, responseBytes: 0, totalMs: 0 },
      latency: new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0),
    }
    const under = this.minute[side].get(client) ?? new Map<string, Tally>()
    this.minute[side].set(client, under.set(part, tally))
    return tally
  }

  private counted(): Tally[] {
    return Object.values(this.minute).flatMap((under) => [...under.values()].flatMap((tallies) => [...tallies.values()]))
  }

  /** The minute under way, by names as they are spelt rightly. */
  private ended(): MinuteTally[] {
    const named = new Map<string, Tally>()
    for (const tally of this.counted()) addTo(named, tally)
    const minuteAt = new Date(this.minuteAt)
    return [...named.values()].map((tally) => ({ ...tally, minuteAt }))
  }

  private turn(minuteAt: number): void {
    const ended = this.ended()
    for (const tally of ended) {
      const isKnown = this.all.has(keyOf(tally)) || this.all.size < SERIES_MAX
      addTo(this.all, isKnown ? tally : { ...tally, consumer: NOBODY, service: NOBODY })
    }
    this.waiting = [...this.waiting, ...ended].slice(-FIGURES_WAITING_MAX)
    this.minute = { consumer: new Map(), provider: new Map() }
    this.names = 0
    this.minuteAt = minuteAt
    this.minuteEnds = minuteAt + MINUTE_MS
  }
}

const keyOf = ({ side, consumer, service }: Tally): string => `${side} ${consumer} ${service}`

const copyOf = ({
  side,
  consumer,
  service,
  count,
  failed,
  codes,
  requestBytes,
  responseBytes,
  latency,
  totalMs,
}: Tally): Tally => ({
  ...{ side, consumer, service, count, failed, codes: { ...codes }, requestBytes, responseBytes, latency: [...latency], totalMs },
})

/** Adds a tally to that of the same names. */
function addTo(tallies: Map<string, Tally>, tally: Tally): void {
  const key = keyOf(tally)
  const sum = tallies.get(key)
  if (!sum) return void tallies.set(key, copyOf(tally))
  sumUp(sum, tally)
}

/** Adds one tally to another. */
export function sumUp(sum: Tally, tally: Tally): void {
  for (const [code, count] of Object.entries(tally.codes)) sum.codes[code] = (sum.codes[code] ?? 0) + count
  tally.latency.forEach((count, i) => {
    sum.latency[i] = (sum.latency[i] ?? 0) + count
  })
  sum.count += tally.count
  sum.failed += tally.failed
  sum.requestBytes += tally.requestBytes
  sum.responseBytes += tally.responseBytes
  sum.totalMs += tally.totalMs
}

function add(tally: Tally, { from, until, requestBytes, responseBytes, failure }: Passed): void {
  const ms = Math.max(0, until - from)
  tally.count++
  tally.totalMs += ms
  tally.requestBytes += requestBytes
  tally.responseBytes += responseBytes
  tally.latency[classOf(ms)]!++
  if (failure === undefined) return
  tally.failed++
  tally.codes[failure] = (tally.codes[failure] ?? 0) + 1
}

function classOf(ms: number): number {
  let at = 0
  while (at < LATENCY_BOUNDS_MS.length && ms > LATENCY_BOUNDS_MS[at]!) at++
  return at
}

/** The part of an address that names its service. */
export function servicePart(url: string): string {
  let at = -1
  for (let slash = 0; slash < SERVICE_SLASHES; slash++) {
    at = url.indexOf("/", at + 1)
    if (at < 0) break
  }
  const path = at < 0 ? url : url.slice(0, at)
  const mark = path.indexOf("?")
  return mark < 0 ? path : path.slice(0, mark)
}

/** Who asked for what, as both are spelt rightly; "-" for what names none. */
export const namesIn = (client: string | undefined, part: string, protocol: Protocol) => ({
  consumer: clientName(client ?? NOBODY),
  service: serviceName(part, protocol),
})

function serviceName(url: string, protocol: Protocol): string {
  const target = targetOf(url, protocol)
  return target.ok ? rightOf(target.value.service) : NOBODY
}

function clientName(text: string): string {
  const client = parseClientId(text)
  return client.ok ? printId(client.value) : NOBODY
}
