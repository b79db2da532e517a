// By how long the pack delays what a person sees of a purpose: a call of an information system names no record, so that every right counts.
import type { AccessRight, Country } from "#country"

interface Parties {
  readonly provider: string
  readonly requester: string
  readonly purpose: string
}

/** The longest delay of a right that the requester has at the provider's registers for the purpose; undefined where none delays. */
export function delayByRight(country: Country, { provider, requester, purpose }: Parties): AccessRight["delay"] {
  const kind = country.agencies.get(requester)?.kind
  const may = ({ who }: AccessRight) => who.agency === requester || (who.kind !== undefined && who.kind === kind)
  const rights = [...country.registers.values()]
    .filter(({ owner }) => owner === provider)
    .flatMap(({ records }) => records.flatMap(({ access }) => access))
  const asked = rights.filter((right) => right.purpose === purpose && may(right))
  return asked.reduce<AccessRight["delay"]>((longest, { delay }) => longerDelay(longest, delay), undefined)
}

/** The longer of two delays. */
export const longerDelay = (a: AccessRight["delay"], b: AccessRight["delay"]): AccessRight["delay"] =>
  (b?.days ?? 0) > (a?.days ?? 0) ? b : a
