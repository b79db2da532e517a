// Measures for Prometheus (text format 0.0.4), named after the OpenTelemetry semantic conventions. docs/metrics.md lists them.
import { monitorEventLoopDelay } from "node:perf_hooks"

const SECONDS = [0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const
const SERIES_MAX = 2_000

/** A reading taken when someone asks: pool use, jobs waiting. */
export interface Gauge {
  readonly name: string
  readonly help: string
  /** Label of the readings, when there are several: "state". */
  readonly label?: string
  /** One number, or one by label value. */
  readonly read: () => number | Readonly<Record<string, number>> | Promise<number | Readonly<Record<string, number>>>
}

/** One line of a measure. */
export interface Sample {
  /** Of a histogram: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Readings with labels of their own, taken when someone asks. */
export interface Measure {
  readonly name: string
  readonly help: string
  readonly type: "counter" | "histogram"
  readonly read: () => readonly Sample[]
}

interface Series {
  readonly labels: string
  readonly buckets: number[]
  count: number
  sum: number
}

export interface Metrics {
  /** Counts one answered request; `route` is the pattern, never the path. */
  answered(method: string, route: string, status: number, seconds: number): void
  began(): void
  ended(): void
  text(): Promise<string>
  close(): void
}

/** Opens the measures of one server. */
export function openMetrics(gauges: readonly (Gauge | Measure)[]): Metrics {
  const series = new Map<string, Series>()
  const loop = monitorEventLoopDelay({ resolution: 20 })
  loop.enable()
  let active = 0
  return {
    answered: (method, route, status, seconds) => {
      const labels = `http_request_method="${method}",http_route="${escaped(route)}",http_response_status_code="${status}"`
      const one = series.get(labels) ?? { labels, buckets: SECONDS.map(() => 0), count: 0, sum: 0 }
      if (!series.has(labels) && series.size >= SERIES_MAX) return
      series.set(labels, one)
      const at = SECONDS.findIndex((limit) => seconds <= limit)
      if (at >= 0) one.buckets[at]!++
      one.count++
      one.sum += seconds
    },
    began: () => void active++,
    ended: () => void active--,
    close: () => loop.disable(),
    text: async () => {
      const own: Gauge[] = [
        { name: "http_server_active_requests", help: "Requests being answered now.", read: () => active },
        {
          name: "nodejs_eventloop_delay_p99_seconds",
          help: "Event loop delay, 99th percentile since the last reading.",
          read: () => loop.percentile(99) / 1e9,
        },
        { name: "process_memory_usage_bytes", help: "Resident memory of the process.", read: () => process.memoryUsage.rss() },
        { name: "process_uptime_seconds", help: "Seconds since the process began.", read: () => process.uptime() },
      ]
      const readings = await Promise.all([...own, ...gauges].map((one) => ("type" in one ? measureText(one) : gaugeText(one))))
      loop.reset()
      return `${[durationText([...series.values()]), ...readings].join("\n")}\n`
    },
  }
}

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (c) => (c === "\n" ? "\\n" : `\\${c}`))

function durationText(all: readonly Series[]): string {
  const name = "http_server_request_duration_seconds"
  const lines = [`# HELP ${name} Time to answer a request, by route pattern, method and status.`, `# TYPE ${name} histogram`]
  for (const one of all) {
    let sofar = 0
    SECONDS.forEach((limit, i) => {
      sofar += one.buckets[i]!
      lines.push(`${name}_bucket{${one.labels},le="${limit}"} ${sofar}`)
    })
    lines.push(`${name}_bucket{${one.labels},le="+Inf"} ${one.count}`)
    lines.push(`${name}_sum{${one.labels}} ${one.sum}`, `${name}_count{${one.labels}} ${one.count}`)
  }
  return lines.join("\n")
}

function measureText({ name, help, type, read }: Measure): string {
  const line = ({ suffix = "", labels, value }: Sample) => {
    const named = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
    return `${name}${suffix}{${named.join()}} ${value}`
  }
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...read().map(line)].join("\n")
}

async function gaugeText(gauge: Gauge): Promise<string> {
  const head = [`# HELP ${gauge.name} ${gauge.help}`, `# TYPE ${gauge.name} gauge`]
  try {
    const value = await gauge.read()
    if (typeof value === "number") return [...head, `${gauge.name} ${value}`].join("\n")
    return [
      ...head,
      ...Object.entries(value).map(([k, v]) => `${gauge.name}{${gauge.label ?? "state"}="${escaped(k)}"} ${v}`),
    ].join("\n")
  } catch {
    return head.join("\n")
  }
}
