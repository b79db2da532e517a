// Lays the event of a written record ready for the agencies of other sites that may hear of it: by a right of the pack and by contract.
import { countryOf } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import type { RecordType, WrittenRecord } from "#registers"
import { isHere, memberCodeOf, otherSites, REGISTERS } from "./other-sites.ts"
import { insertParcel } from "./store.outbox.ts"
import { type RegisterEvent, wirePaths } from "./wire.ts"

/** Puts one parcel into the outbox for each agency that may hear; nothing at a site that is alone, or for a record that declares no event. */
export async function announceRecord(tx: Tx, type: RecordType, written: WrittenRecord, isChange: boolean): Promise<void> {
  const { added, changed } = type.record.events ?? {}
  const event = isChange ? changed : added
  if (event === undefined) return
  const { owner } = type.register
  const body: RegisterEvent = {
    ...{ event, register: type.name, record: written.record, version: written.version, number: written.number },
    occurredAt: tx.now.toISOString(),
  }
  for (const [agency, purpose] of hearers(tx, type)) {
    // The records of one person are told in their order.
    const lane = `event/${type.name}/${written.subject}`
    await insertParcel(tx, {
      ...{ sender: owner, key: `event/${written.record}/${written.version}/${agency}`, id: newId(tx.now), recipient: agency },
      ...{ road: "collected", kind: "event", lane, caseId: null, purpose, body },
      ...{ nextJob: null, message: null, receipt: null },
    })
  }
}

/** Agencies of other sites with a right to hear of this record and a contract that covers it, each with its purpose. */
function hearers(tx: Tx, { register, record }: RecordType): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const others = otherSites(tx)
  const rights = record.access.filter(({ may }) => may === "hear")
  if (!others || rights.length === 0) return found
  const { agencies } = countryOf(tx)
  const ownCode = agencies.get(register.owner)?.code
  for (const { content, state } of others.access.contracts()) {
    if (state !== "signed" || content.service !== REGISTERS || memberCodeOf(content.provider) !== ownCode) continue
    const agency = [...agencies.values()].find(({ code }) => code === memberCodeOf(content.consumer))
    if (!agency || isHere(tx, agency.id)) continue
    const call = { consumer: content.consumer, service: `${content.provider}/${content.service}`, method: "POST", at: tx.now }
    const right = rights.find(
      ({ who, purpose }) =>
        (who.agency === agency.id || who.kind === agency.kind) &&
        others.access.mayCall({ ...call, path: wirePaths.collection, purpose }).contract,
    )
    if (right) found.set(agency.id, right.purpose)
  }
  return found
}
