// The check of what a service asks of the exchange: the data service exists, and who asks has a right to it for the service's purpose.
import type { Checking } from "./checking.ts"
import { findRecord } from "./country.ts"
import type { RegisterRecord } from "./registers.ts"
import type { ServiceDefinition } from "./service.ts"
import type { Keys, SourceFile } from "./source.ts"

/** Who asks a register: any agency of a kind, or one of them. */
export interface Asker {
  readonly kind: string
  readonly agency?: string
}

/** The agencies in charge of a service. */
export const inCharge = ({ authority }: ServiceDefinition): Asker => ({ kind: authority.kind ?? "-" })

export interface DataService {
  /** `register/record.deed`, as it is written at `keys`. */
  readonly name: string
  readonly deed: "read" | "write"
  readonly keys: Keys
}

/** The record behind a data service that each of `askers` may use for `purpose`; undefined, and told with the nearest name, where there is none. */
export function checkDataService(
  c: Checking,
  source: SourceFile,
  { name, deed, keys }: DataService,
  { purpose = "-" }: Pick<ServiceDefinition, "purpose">,
  askers: readonly Asker[],
): RegisterRecord | undefined {
  const services = c.pack.registers.flatMap(({ data }) => data.records.map((r) => `${data.id}/${r.id}.${deed}`))
  if (!c.known(source, keys, "exchange-service-unknown", name, services)) return undefined
  const record = findRecord(c.country, name.slice(0, -deed.length - 1))?.record
  for (const asker of record ? askers : [])
    if (!mayDo(record!, deed, purpose, asker))
      c.report(source, keys, "right-missing", { service: name, name: asker.agency ?? asker.kind, purpose })
  return record
}

const mayDo = (record: RegisterRecord, deed: DataService["deed"], purpose: string, { kind, agency }: Asker): boolean =>
  record.access.some(
    ({ may, purpose: of, who }) =>
      may === deed && of === purpose && (who.kind === kind || (who.agency !== undefined && who.agency === agency)),
  )
