// The check of services/*/service.yaml: what it names exists, fees have a unit, limits and levels make sense.
import { basename } from "node:path"
import { tiersOf } from "./check-agencies.ts"
import { type Checking, checkSpan, kindsOf } from "./checking.ts"
import { findRecord } from "./country.ts"
import type { ServicePart } from "./pack.ts"
import type { Keys } from "./source.ts"

/** What is published about a service. */
export function checkService(c: Checking, part: ServicePart): void {
  const { source, data } = part.definition
  if (basename(part.dir) !== data.code)
    c.report(source, ["code"], "folder-named-otherwise", { code: data.code, folder: basename(part.dir) })
  checkSpan(c, source, ["valid"], data.valid)
  checkNames(c, part)
  checkFee(c, part)
  c.once(
    source,
    "id-twice",
    data.papers.map((p, i) => [p.id, ["papers", i, "id"]]),
  )
  data.papers.forEach((paper, i) => {
    if (paper.from !== undefined && !findRecord(c.country, paper.from))
      c.known(source, ["papers", i, "from"], "record-unknown", paper.from, recordNames(c))
    if (paper.kind === "evidence" && paper.from === undefined)
      c.report(source, ["papers", i], "evidence-from-nowhere", { name: paper.id })
  })
  if (data.level >= 3 && !(part.form && part.process)) c.report(source, ["level"], "level-without-form", { level: data.level })
  if (data.level >= 3 && data.limit.unit === "unspecified") c.report(source, ["limit", "unit"], "limit-without-unit")
  if (part.form && data.purpose === undefined) c.report(source, [], "key-missing", { key: "purpose", of: "." })
}

const recordNames = (c: Checking): string[] =>
  c.pack.registers.flatMap(({ data }) => data.records.map((r) => `${data.id}/${r.id}`))

function checkNames(c: Checking, { definition: { source, data } }: ServicePart): void {
  const { codeLists, purposes } = c.pack.vocabulary.data
  const channels = c.pack.facts.data.channels.map((ch) => ch.id)
  const each = (
    names: readonly string[],
    key: string,
    code: "channel-unknown" | "audience-unknown" | "life-event-unknown" | "tier-unknown",
    known: Iterable<string>,
  ) =>
    names.forEach((name, i) => {
      c.known(source, [key, i], code, name, known)
    })
  each(data.channels, "channels", "channel-unknown", channels)
  each(
    data.audience,
    "audience",
    "audience-unknown",
    (codeLists.audience ?? []).map((i) => i.id),
  )
  each(
    data.lifeEvents,
    "lifeEvents",
    "life-event-unknown",
    (codeLists["life-event"] ?? []).map((i) => i.id),
  )
  each(data.tiers, "tiers", "tier-unknown", tiersOf(c))
  for (const channel of Object.keys(data.limit.channels ?? {}))
    c.known(source, ["limit", "channels", channel], "channel-unknown", channel, channels)
  const { authority } = data
  c.known(source, ["authority", "tier"], "tier-unknown", authority.tier, tiersOf(c))
  if (authority.kind !== undefined) c.known(source, ["authority", "kind"], "agency-kind-unknown", authority.kind, kindsOf(c))
  if (authority.agency !== undefined)
    c.known(source, ["authority", "agency"], "agency-unknown", authority.agency, c.country.agencies.keys())
  const codes = new Set(c.pack.agencies.data.agencies.map((a) => a.code))
  if (data.ministry !== undefined) c.known(source, ["ministry"], "ministry-unknown", data.ministry, codes)
  if (data.purpose !== undefined) c.known(source, ["purpose"], "purpose-unknown", data.purpose, Object.keys(purposes))
}

/** A fee is an amount of a currency, for something; a bare number is none. */
function checkFee(c: Checking, { definition: { source, data } }: ServicePart): void {
  const { fee, channels } = data
  const keys: Keys = ["fee"]
  const amounts = Object.entries(fee.amounts ?? {})
  if (amounts.length === 0 && !fee.note && !fee.table) c.report(source, keys, "fee-untold")
  if (amounts.length > 0 && !fee.currency) c.report(source, [...keys, "amounts"], "fee-without-currency")
  if (amounts.some(([, amount]) => amount > 0) && !fee.per) c.report(source, [...keys, "amounts"], "fee-without-unit")
  for (const [channel] of amounts) c.known(source, [...keys, "amounts", channel], "fee-for-no-channel", channel, channels)
}
