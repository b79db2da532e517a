// What monitoring is told of a site: how its services do, and the site itself.
import { freemem, totalmem, uptime } from "node:os"
import {
  type ClientId,
  type Health,
  type Metrics,
  printId,
  providerOf,
  type ServiceHealth,
  type ServiceId,
  type Spread,
  sameId,
} from "#engines/xroad"
import type { Line } from "./line.ts"
import { type Operation, partiesOf } from "./operations.ts"

/** Statistics are of the last ten minutes, as X-Road has them. */
const PERIOD_SECONDS = 600

/** The services of this site that were asked for: the owner of the site sees all, a client those that it provides. */
export function healthOf(line: Line, caller: ClientId, about: ClientId | undefined): Health {
  const isOwner = printId(caller) === line.roads.owner
  const mine = (service: ServiceId) => isOwner || sameId(caller, providerOf(service))
  const byService = new Map<string, { service: ServiceId; all: Operation[] }>()
  for (const operation of line.operations.all()) {
    const { service } = operation.side === "Producer" ? partiesOf(operation) : { service: undefined }
    if (!service || !mine(service) || (about && !sameId(about, providerOf(service)))) continue
    const known = byService.get(printId(service)) ?? { service, all: [] }
    known.all.push(operation)
    byService.set(printId(service), known)
  }
  const now = line.site.clock().getTime()
  const since = now - PERIOD_SECONDS * 1_000
  const startedAt = now - Math.round(process.uptime()) * 1_000
  const services = [...byService.values()].map(({ service, all }) => serviceHealth(service, all, since))
  return { startedAt, periodSeconds: PERIOD_SECONDS, services }
}

const hasSucceeded = ({ answer }: Operation): boolean => answer !== undefined && answer.status < 400

function serviceHealth(service: ServiceId, all: readonly Operation[], since: number): ServiceHealth {
  const recent = all.filter(({ until }) => until >= since)
  const well = recent.filter(hasSucceeded)
  return {
    service,
    lastSuccess: all.findLast(hasSucceeded)?.until,
    lastFailure: all.findLast((one) => !hasSucceeded(one))?.until,
    successes: well.length,
    failures: recent.length - well.length,
    ...(well.length > 0 && {
      spreads: {
        duration: spreadOf(well.map(({ from, until }) => until - from)),
        requestSize: spreadOf(well.map(({ requestBytes }) => requestBytes)),
        responseSize: spreadOf(well.map(({ answer }) => answer?.bytes ?? 0)),
      },
    }),
  }
}

function spreadOf(values: readonly number[]): Spread {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length
  return {
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
    average: rounded(average),
    deviation: rounded(Math.sqrt(variance)),
  }
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

/** Measures of program and machine: what a monitor needs to warn, nothing about people or configuration. */
export function metricsOf(line: Line): Metrics {
  const { heapUsed, rss } = process.memoryUsage()
  return {
    proxyVersion: "motlan",
    systemMetrics: {
      TotalPhysicalMemory: totalmem(),
      FreePhysicalMemory: freemem(),
      SystemUptimeSeconds: Math.round(uptime()),
      ProcessUptimeSeconds: Math.round(process.uptime()),
      ProcessMemory: rss,
      ProcessHeapUsed: heapUsed,
    },
    lineMetrics: {
      RememberedExchanges: line.operations.all().length,
      DirectoryHolds: line.roads.isFresh(line.site.clock()) ? "true" : "false",
    },
  }
}
