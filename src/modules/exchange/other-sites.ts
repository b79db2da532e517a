// What the exchange has to know of other sites: which agencies work here, and the road to the registers of those that don't.
import { countryOf } from "#country"
import type { AccessList, Call, ContractInForce, SiteFile } from "#federation"
import type { Asked, Told } from "#line"
import type { Tx } from "#platform/db"
import type { Site } from "#platform/site"

export interface OtherSites {
  readonly file: SiteFile
  readonly access: AccessList
  /** Posts over the line; silent while there is none. */
  ask(asked: Asked): Promise<Told>
}

/** The code of the service under which a site answers for the registers of one of its agencies. */
export const REGISTERS = "registers"

const links = new WeakMap<Site, OtherSites>()

/** Links the exchange of a site with those of others: registers whose owner works elsewhere are asked over the line from now on. */
export function linkSites(site: Site, others: OtherSites): void {
  links.set(site, others)
}

/** Where a deed takes place: a transaction, or what is done between two of them. */
export type At = Pick<Tx, "site">

export const otherSites = ({ site }: At): OtherSites | undefined => links.get(site)

/** Does this agency work at this site? At a site that is alone, or names no agencies, all do. */
export function isHere(tx: At, agency: string): boolean {
  const agencies = links.get(tx.site)?.file.agencies
  return agencies === undefined || agencies.some(({ id }) => id === agency)
}

/** `I/C/M/S` of an agency of this site; undefined for one that works elsewhere. */
export function subsystemOf({ file }: OtherSites, agency: string): string | undefined {
  const hosted = file.agencies?.find(({ id }) => id === agency)
  return hosted && `${file.instance}/${hosted.subsystem}`
}

/** The contract of this call, where it rests on the consent of the person: then a request that brings none is refused on both sides. */
export function contractUnderConsent(
  { site }: At,
  { access }: OtherSites,
  call: Omit<Call, "method" | "at">,
): ContractInForce | undefined {
  const { contract } = access.mayCall({ ...call, method: "POST", at: site.clock() })
  return contract?.content.consentNeeded === true ? contract : undefined
}

/** The service that answers for the registers of an agency: that of the member with the agency's code. */
export function registersOf(tx: At, { access, file }: OtherSites, agency: string): string | undefined {
  const beyond = file.road?.agencies?.find(({ id }) => id === agency)
  if (beyond) return `${file.road!.instance}/${beyond.subsystem}/${REGISTERS}`
  const code = countryOf(tx).agencies.get(agency)?.code
  const service = access.directory?.services.find(
    ({ id, type }) => type === "REGISTER" && id.endsWith(`/${REGISTERS}`) && memberCodeOf(id) === code,
  )
  return service?.id
}

/** The code of the member in an id: `M` of `I/C/M/S`. */
export const memberCodeOf = (id: string): string => id.split("/")[2] ?? ""
