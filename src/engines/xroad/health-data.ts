// Health of a site as X-Road's clients read it: per service (PR-OPMON, getSecurityServerHealthData), and of the site itself (PR-ENVMONMES).
import type { ClientId, ServiceId } from "./identifiers.ts"
import { accept, type Reading, refuse } from "./reading.ts"
import { type SoapAnswer, soapAnswer } from "./soap-answer.ts"
import { readIdElement } from "./soap-header.ts"
import { type SoapMessage, soapRequestHash } from "./soap-message.ts"
import { ENVIRONMENT_NS, escapeXml, ID_NS, idXml, MONITORING_NS } from "./xml-text.ts"
import { childElement, childElements, textOf } from "./xml-tree.ts"

/** How the values of successful requests are spread. */
export interface Spread {
  readonly min: number
  readonly average: number
  readonly max: number
  readonly deviation: number
}

/** Requests of one service; times in milliseconds since 1970, durations in milliseconds, sizes in bytes. */
export interface ServiceHealth {
  readonly service: ServiceId
  readonly lastSuccess?: number | undefined
  readonly lastFailure?: number | undefined
  /** In the last period. */
  readonly successes: number
  readonly failures: number
  /** Of those that succeeded; undefined when none did. */
  readonly spreads?: { readonly duration: Spread; readonly requestSize: Spread; readonly responseSize: Spread } | undefined
}

export interface Health {
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly periodSeconds: number
  readonly services: readonly ServiceHealth[]
}

/** Whose services are asked for; all when nobody is named. */
export function readHealthQuery(request: SoapMessage): Reading<{ readonly client?: ClientId }> {
  const criteria = childElement(request.wrapper, MONITORING_NS, "filterCriteria")
  const element = criteria && childElement(criteria, MONITORING_NS, "client")
  if (!element) return accept({})
  const client = readIdElement<ClientId>(element, ["MEMBER", "SUBSYSTEM"])
  return client.ok ? accept({ client: client.value }) : client
}

/** The answer to getSecurityServerHealthData. */
export function healthAnswer(request: SoapMessage, { startedAt, periodSeconds, services }: Health): SoapAnswer {
  const body =
    `<om:getSecurityServerHealthDataResponse xmlns:om="${MONITORING_NS}" xmlns:id="${ID_NS}">` +
    `${om("monitoringStartupTimestamp", startedAt)}${om("statisticsPeriodSeconds", periodSeconds)}` +
    `<om:servicesEvents>${services.map(eventsXml).join("")}</om:servicesEvents></om:getSecurityServerHealthDataResponse>`
  return soapAnswer(request, body, soapRequestHash(request.soapBytes))
}

const om = (name: string, value: number | undefined): string => (value === undefined ? "" : `<om:${name}>${value}</om:${name}>`)

function eventsXml({ service, lastSuccess, lastFailure, successes, failures, spreads }: ServiceHealth): string {
  const statistics = [
    om("successfulRequestCount", successes),
    om("unsuccessfulRequestCount", failures),
    ...(spreads
      ? [
          spreadXml("request", "Duration", spreads.duration),
          spreadXml("request", "Size", spreads.requestSize),
          spreadXml("response", "Size", spreads.responseSize),
        ]
      : []),
  ]
  return (
    `<om:serviceEvents>${idXml("om:service", service)}${om("lastSuccessfulRequestTimestamp", lastSuccess)}` +
    `${om("lastUnsuccessfulRequestTimestamp", lastFailure)}` +
    `<om:lastPeriodStatistics>${statistics.join("")}</om:lastPeriodStatistics></om:serviceEvents>`
  )
}

const spreadXml = (of: string, what: string, { min, average, max, deviation }: Spread): string =>
  om(`${of}Min${what}`, min) +
  om(`${of}Average${what}`, average) +
  om(`${of}Max${what}`, max) +
  om(`${of}${what}StdDev`, deviation)

/** A measure of the site: a text, a number, or several under one name. */
export type Metric = string | number | Metrics
export interface Metrics {
  readonly [name: string]: Metric
}

export const METRIC_FIELDS_MAX = 100

/** The measures wanted, by the names of the outermost; all when there are none. */
export function readMetricsQuery(request: SoapMessage): Reading<readonly string[]> {
  const output = childElement(request.wrapper, ENVIRONMENT_NS, "outputSpec")
  const fields = output ? childElements(output, ENVIRONMENT_NS, "outputField").map((field) => textOf(field) ?? "") : []
  return fields.length > METRIC_FIELDS_MAX ? refuse("InvalidRequest", "Too many output fields") : accept(fields)
}

/** The answer to getSecurityServerMetrics. `server` is `I/C/M/CODE`. */
export function metricsAnswer(request: SoapMessage, server: string, metrics: Metrics, wanted: readonly string[]): SoapAnswer {
  const shown = Object.entries(metrics).filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const body =
    `<m:getSecurityServerMetricsResponse xmlns:m="${ENVIRONMENT_NS}">` +
    `${setXml(`SERVER:${server}`, shown)}</m:getSecurityServerMetricsResponse>`
  return soapAnswer(request, body, soapRequestHash(request.soapBytes))
}

const setXml = (name: string, metrics: readonly (readonly [string, Metric])[]): string =>
  `<m:metricSet><m:name>${escapeXml(name)}</m:name>${metrics.map(metricXml).join("")}</m:metricSet>`

function metricXml([name, metric]: readonly [string, Metric]): string {
  if (typeof metric === "object") return setXml(name, Object.entries(metric))
  const kind = typeof metric === "number" ? "numericMetric" : "stringMetric"
  return `<m:${kind}><m:name>${escapeXml(name)}</m:name><m:value>${escapeXml(String(metric))}</m:value></m:${kind}>`
}
