// What stands in the catalogue: a definition with everything that a case needs of it, and when it is in force.
import type { DataElement, Law, ResultDefinition, RulesDefinition, ServiceDefinition, Text } from "#country"

/** The content that is hashed: all that a pinned case needs, and nothing that may move. */
export interface Definition {
  readonly service: ServiceDefinition
  readonly form?: unknown
  readonly process?: unknown
  readonly rules?: RulesDefinition
  readonly result?: ResultDefinition
  readonly words: Readonly<Record<string, Text>>
  /** The data elements that the form names, as the vocabulary had them at publication. */
  readonly elements: Readonly<Record<string, DataElement>>
}

/** A version of a service. It never changes. */
export interface PublishedService {
  readonly code: string
  /** SHA-256 of the canonical JSON, 64 hex digits; cases are pinned to it. */
  readonly hash: string
  /** Counts from 1 for each code. */
  readonly version: number
  /** Days of the country's calendar, both included; a later version ends an earlier one. */
  readonly validFrom: string
  readonly validUntil?: string
  readonly publishedAt: Date
  /** JWS over code, hash, version and days (RFC 7515, ES256), by the site's key `catalogue`. */
  readonly signature: string
  readonly law: readonly Law[]
  readonly definition: Definition
}

/** How far the service goes here. */
export interface Startable {
  /** 1 information, 2 forms to download, 3 handed in online, 4 paid and returned online too. */
  readonly level: 1 | 2 | 3 | 4
  /** It can be started online here: it has a form and a process, and an online channel. */
  readonly online: boolean
}

/** Level and whether the service can be started here; without form and process it is information, whatever it claims. */
export function startableService({ service, form, process }: Definition): Startable {
  const online = form !== undefined && process !== undefined && service.channels.includes("online")
  const claimed = service.level as Startable["level"]
  if (online) return { level: claimed, online }
  return { level: claimed > 2 ? 1 : claimed, online }
}
