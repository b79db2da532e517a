// What the log says of a call of an information system: between whom, for what, on which ground, and when the person may see it.
import type { Country } from "#country"
import { countryOf } from "#country"
import { type Contract, serviceIdOf } from "#federation"
import { partiesOfCall, type SystemCall } from "#line"
import type { Tx } from "#platform/db"
import { delayByRight, longerDelay } from "./delay-by-right.ts"
import { textOf } from "./log-message.ts"
import { memberCodeOf, otherSites } from "./other-sites.ts"

const NAME_LENGTH_MAX = 100
const UNKNOWN = "-"

/** Parties, purpose and ground of a call; undefined for one that is of no agency here, or has its row from the register that answered. */
export function readCall(tx: Tx, call: SystemCall) {
  const { consumer, service } = partiesOfCall(call)
  const country = countryOf(tx)
  const [requester, provider] = [agencyOf(country, consumer), agencyOf(country, service)]
  const isKnown = country.agencies.has(call.side === "consumer" ? requester : provider)
  const hasRow = call.side === "provider" && isRegister(tx, service) && call.ending !== "refused" && call.ending !== "silent"
  if (!isKnown || hasRow) return undefined
  const contract = contractOf(tx, consumer, service, call)
  const purpose = call.purpose ?? (contract?.purposes.length === 1 ? contract.purposes[0]! : UNKNOWN)
  const legalGround = contract ? textOf(contract.legalGround) : UNKNOWN
  const agreed = contract?.purposes.includes(purpose) ? contract.delay : undefined
  const delay = longerDelay(agreed, delayByRight(country, { provider, requester, purpose }))
  return { requester, provider, consumer, service, purpose: purpose.slice(0, NAME_LENGTH_MAX), legalGround, delay }
}

const codes = new WeakMap<Country, ReadonlyMap<string, string>>()

/** The agency whose code the member in an id has; the id itself where the pack knows none. */
function agencyOf(country: Country, id: string): string {
  const byCode = codes.get(country) ?? new Map([...country.agencies.values()].map((agency) => [agency.code, agency.id]))
  codes.set(country, byCode)
  return byCode.get(memberCodeOf(id)) ?? id.slice(0, NAME_LENGTH_MAX)
}

const isRegister = (tx: Tx, service: string): boolean => {
  const file = otherSites(tx)?.file
  return (
    file?.services?.some((one) => one.type === "REGISTER" && service === `${file.instance}/${one.subsystem}/${one.code}`) === true
  )
}

interface InForce {
  readonly hash: string
  readonly content: Contract
}

const between = new WeakMap<object, ReadonlyMap<string, readonly InForce[]>>()

/** The contract under which a call was made, as far as it can be told: the one it names, else that of its purpose, else the first. */
function contractOf(tx: Tx, consumer: string, service: string, { purpose, contract: hash }: SystemCall): Contract | undefined {
  const all = otherSites(tx)?.access.contracts() ?? []
  const known = between.get(all) ?? contractsByParties(all)
  between.set(all, known)
  const found = known.get(`${consumer} ${service}`)
  const ofPurpose = ({ content }: InForce) => purpose !== undefined && content.purposes.includes(purpose)
  return (found?.find((one) => one.hash === hash) ?? found?.find(ofPurpose) ?? found?.[0])?.content
}

function contractsByParties(all: readonly (InForce & { readonly state: string })[]) {
  const byParties = new Map<string, InForce[]>()
  for (const one of all) {
    const key = `${one.content.consumer} ${serviceIdOf(one.content)}`
    if (one.state === "signed") byParties.set(key, [...(byParties.get(key) ?? []), one])
  }
  return byParties
}
