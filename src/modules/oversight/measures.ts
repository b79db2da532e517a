// The figures of the line for /metrics: counted since the process began.
import { LATENCY_BOUNDS_MS, type Tally } from "#line"
import type { Measure, Sample } from "#platform/http"
import type { Site } from "#platform/site"
import { mergeFigures } from "./merge-figures.ts"
import { findSight } from "./sight.ts"

/** Measures by side and service; nothing at a site that is alone. */
export function exchangeMeasures(site: Site): Measure[] {
  const sums = () => mergeFigures(findSight(site)?.figures.totals() ?? [], ({ side, service }) => `${side} ${service}`)
  const of = (read: (sum: Tally, labels: Sample["labels"]) => readonly Sample[]) => () =>
    sums().flatMap((sum) => read(sum, { side: sum.side, service: sum.service }))
  return [
    {
      ...{ name: "motlan_exchange_requests_total", type: "counter" },
      help: "Requests on the line, by side, service and how they ended.",
      read: of(({ count, failed }, labels) => [
        { labels: { ...labels, outcome: "answered" }, value: count - failed },
        { labels: { ...labels, outcome: "failed" }, value: failed },
      ]),
    },
    {
      ...{ name: "motlan_exchange_failures_total", type: "counter" },
      help: "Requests on the line that failed, by the code of the road or the status of the service.",
      read: of(({ codes }, labels) => Object.entries(codes).map(([code, value]) => ({ labels: { ...labels, code }, value }))),
    },
    {
      ...{ name: "motlan_exchange_body_bytes_total", type: "counter" },
      help: "Bytes of bodies on the line, by direction.",
      read: of(({ requestBytes, responseBytes }, labels) => [
        { labels: { ...labels, direction: "request" }, value: requestBytes },
        { labels: { ...labels, direction: "response" }, value: responseBytes },
      ]),
    },
    {
      ...{ name: "motlan_exchange_duration_seconds", type: "histogram" },
      help: "Time from a request on the line to its answer.",
      read: of(durationSamples),
    },
  ]
}

function durationSamples({ latency, count, totalMs }: Tally, labels: Sample["labels"]): Sample[] {
  let sofar = 0
  const buckets = LATENCY_BOUNDS_MS.map((ms, i) => {
    sofar += latency[i]!
    return { suffix: "_bucket", labels: { ...labels, le: String(ms / 1_000) }, value: sofar }
  })
  return [
    ...buckets,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
    { suffix: "_sum", labels, value: totalMs / 1_000 },
    { suffix: "_count", labels, value: count },
  ]
}
