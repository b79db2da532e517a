// The four sites of the small federation: who works at each, what it offers, and what is agreed between them.

export interface Agency {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly subsystem: string
}

export interface DemoSite {
  readonly id: string
  readonly name: string
  readonly role: "hub" | "joined"
  readonly agencies: readonly Agency[]
  /** Whose registers are kept here. */
  readonly owners: readonly string[]
  /** Where its pages, its line and the face for its systems are. */
  readonly web: number
  readonly line: number
  readonly systems: number
}

const INSTANCE = "VN-DEMO"
const CLASS = "GOV"
const ENDPOINTS = [
  { method: "POST", path: "/requests" },
  { method: "POST", path: "/duplicates" },
  { method: "POST", path: "/collections" },
]

/** Invented, as the hospital is; its systems are reached through the site of the ward. */
const FUND = "mai-am-fund"
const STATUS = "status"
const STATUS_ENDPOINTS = [
  { method: "GET", path: "/healthz" },
  { method: "GET", path: "/readyz" },
]

const agency = (id: string, code: string, name: string, subsystem: string): Agency => ({ id, code, name, subsystem })

/** The sites, their pages on ports from `port` on. */
export function demoSites(port: number): DemoSite[] {
  const registers = (id: string, code: string, name: string) => agency(id, code, name, "registers")
  const ministries = [
    registers("public-security", "G01", "Ministry of Public Security"),
    registers("justice", "G15", "Ministry of Justice"),
    registers("health", "G18", "Ministry of Health"),
    registers("finance", "G12", "Ministry of Finance"),
  ]
  const all: Omit<DemoSite, "web" | "line" | "systems">[] = [
    {
      ...{ id: "hub", name: "Office of the Government", role: "hub", owners: [] },
      agencies: [agency("government-office", "G22", "Office of the Government", "exchange")],
    },
    {
      ...{ id: "ministry", name: "Data centre of the ministries", role: "joined", owners: ministries.map(({ id }) => id) },
      agencies: ministries,
    },
    {
      ...{ id: "province", name: "Hà Nội", role: "joined", owners: [] },
      agencies: [
        agency("ha-noi", "H26", "People's Committee of Hà Nội", "desk"),
        agency("hoa-sen-hospital", "H26.920", "Hoa Sen maternity hospital", "desk"),
      ],
    },
    {
      ...{ id: "commune", name: "Ba Đình ward", role: "joined", owners: [] },
      agencies: [
        agency("ba-dinh", "H26.901", "People's Committee of Ba Đình ward", "desk"),
        agency(FUND, "H26.930", "Mái Ấm housing fund", "loans"),
      ],
    },
  ]
  return all.map((site, i) => ({ ...site, web: port + i, line: port + 10 + i, systems: port + 20 + i }))
}

export const addressOf = ({ web }: DemoSite): string => `http://127.0.0.1:${web}`

const localName = ({ code, subsystem }: Agency): string => `${CLASS}/${code}/${subsystem}`

/** Is this subsystem (`I/C/M/S`) one of the site's? */
export const hosts = ({ agencies }: DemoSite, subsystem: string): boolean =>
  agencies.some((one) => subsystem === `${INSTANCE}/${localName(one)}`)

/** What stands in the site's site.yaml before it joins. */
export function siteFile(site: DemoSite): object {
  const { id, name, role, agencies, owners, line, systems } = site
  const members = agencies.map(({ code, name, subsystem }) => ({
    ...{ class: CLASS, code, name },
    subsystems: [{ code: subsystem, name: subsystem === "registers" ? `Registers of the ${name}` : `Desk of the ${name}` }],
  }))
  const services = agencies
    .filter((one) => owners.includes(one.id))
    .map((one) => ({
      ...{ subsystem: localName(one), code: "registers", name: `Registers of the ${one.name}` },
      ...{ type: "REGISTER", endpoints: ENDPOINTS },
    }))
  // Whether the data centre is up: nobody's data, so that it can be tried from the desk.
  const status = services.slice(0, 1).map(({ subsystem }) => ({
    ...{ subsystem, code: STATUS, name: `State of the ${name}`, type: "REST", url: addressOf(site) },
    endpoints: STATUS_ENDPOINTS,
  }))
  return {
    ...{ instance: INSTANCE, site: id, name, role, line: `127.0.0.1:${line}`, face: addressOf(site), systems, members },
    agencies: agencies.map((one) => ({ id: one.id, subsystem: localName(one) })),
    ...(services.length > 0 && { services: [...services, ...status] }),
    ...(role === "joined" && { witnesses: ["hub"] }),
  }
}

/** What the hub grants: `--member` and `--name` for each agency. */
export const invitationOf = ({ agencies }: DemoSite): string[] =>
  agencies.flatMap((one) => ["--member", localName(one), "--name", one.name])

const LAW = {
  "birth-registration": { ref: "60/2014/QH13", article: "16" },
  "birth-statement": { ref: "15/2023/QH15", article: "4" },
  "household-business": { ref: "168/2025/NĐ-CP", article: "4" },
  "housing-loan": { ref: "91/2025/QH15", article: "4" },
  "system-test": { ref: "278/2025/NĐ-CP", article: "1" },
} as const

type Purpose = Exclude<keyof typeof LAW, "system-test" | "housing-loan">

/** Provider, consumer, purposes. */
const AGREED: readonly (readonly [owner: string, consumer: string, purposes: readonly Purpose[]])[] = [
  ["public-security", "ba-dinh", ["birth-registration", "household-business"]],
  ["justice", "ba-dinh", ["birth-registration"]],
  ["health", "ba-dinh", ["birth-registration"]],
  ["finance", "ba-dinh", ["household-business"]],
  ["health", "hoa-sen-hospital", ["birth-statement"]],
  ["public-security", "hoa-sen-hospital", ["birth-statement"]],
]

/** Agencies whose operators may try the state of the ministries' site. */
const TESTED_BY = ["ba-dinh", "hoa-sen-hospital"]

export interface Terms {
  readonly provider: string
  readonly service: string
  readonly consumer: string
  readonly purposes: readonly string[]
  readonly [term: string]: unknown
}

/** The contracts, good for a year from the beginning of the year of `now`. */
export function demoContracts(sites: readonly DemoSite[], now: Date): Terms[] {
  const all = new Map(sites.flatMap(({ agencies }) => agencies.map((one) => [one.id, `${INSTANCE}/${localName(one)}`])))
  const year = now.getUTCFullYear()
  const period = { from: `${year}-01-01T00:00:00.000Z`, until: `${year + 2}-01-01T00:00:00.000Z` }
  const registers = AGREED.map(([owner, consumer, purposes]) => ({
    ...{ provider: all.get(owner)!, service: "registers", consumer: all.get(consumer)!, endpoints: ENDPOINTS, purposes },
    ...{ legalGround: LAW[purposes[0]!], subjectKinds: ["person"], bodies: "digest", ...period },
  }))
  const tests = TESTED_BY.map((consumer) => ({
    ...{ provider: all.get("public-security")!, service: STATUS, consumer: all.get(consumer)!, endpoints: STATUS_ENDPOINTS },
    ...{ purposes: ["system-test"], legalGround: LAW["system-test"], subjectKinds: ["thing"], bodies: "digest", ...period },
  }))
  return [...registers, ...tests, { ...underConsent(all), ...period }]
}

/** What the housing fund may ask only of who has agreed to it. */
function underConsent(all: ReadonlyMap<string, string>): Terms {
  const data = [{ register: "population/person", fields: ["number", "fullName", "maritalStatus", "residence"] }]
  return {
    ...{ provider: all.get("public-security")!, service: "registers", consumer: all.get(FUND)!, purposes: ["housing-loan"] },
    ...{ endpoints: [{ method: "POST", path: "/requests" }], legalGround: LAW["housing-loan"], subjectKinds: ["person"] },
    ...{ bodies: "digest", consentNeeded: true },
    consent: { data, days: 90, keptDays: 365, uses: { max: 3, perDays: 30 } },
  }
}

/** Does this contract (`PROVIDER/SERVICE for CONSUMER`) ask people for their consent? */
export const asksConsent = (name: string): boolean => name.endsWith("/H26.930/loans")
