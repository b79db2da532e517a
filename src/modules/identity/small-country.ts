// For tests: a small country with one commune, its police, a hospital and the cast that the tests of identity speak of.
import type { Country } from "#country"

const text = (word: string) => ({ vi: word, en: word })
const person = (id: string, number: string, given: string) => ({ id, number, name: { given }, record: {} })

export const people = {
  lan: person("lan", "900190000001", "Lan"),
  minh: person("minh", "900190000002", "Minh"),
  hoa: person("hoa", "900190000003", "Hoa"),
  chair: person("chair", "900190000004", "Sơn"),
  tech: person("tech", "900190000005", "Tú"),
  other: person("other", "900190000006", "Bình"),
}

const position = (id: string, ...roles: string[]) => ({ id, unit: "office", roles, name: text(id) })
const agency = (id: string, division: string, kind: string, positions: unknown[]) => ({
  id,
  code: `H00.${id}`,
  name: text(id),
  kind,
  tier: division.length === 2 ? "province" : "commune",
  division,
  units: [{ id: "office", name: text("office") }],
  positions,
})

const agencies = [
  agency("commune-a", "90001", "committee", [
    position("reception", "reception-officer"),
    position("civil-status", "appraiser"),
    position("chair", "leader", "appraiser", "reception-officer"),
    position("clerk", "clerk"),
    position("operator", "tech-admin", "appraiser"),
  ]),
  agency("police-a", "90001", "police", [position("desk", "reception-officer")]),
  agency("commune-b", "90002", "committee", [position("reception", "reception-officer"), position("chair", "leader")]),
  agency("province", "90", "committee", [position("chair", "leader")]),
]

const divisionPath = (code: string) =>
  [code.slice(0, 2), code].filter((c, i, all) => all.indexOf(c) === i).map((c) => ({ code: c }))
const held = (place: string, by: keyof typeof people, until?: string) => ({
  position: place,
  person: by,
  from: "2025-07-01",
  ...(until === undefined ? {} : { until }),
})

/** Who holds what at first: Minh receives, Hoa appraises, Sơn leads, Tú keeps the machines, Bình serves in another commune. */
export const holdings = [
  held("commune-a/reception", "minh"),
  held("commune-a/civil-status", "hoa"),
  held("commune-a/chair", "chair"),
  held("commune-a/operator", "tech"),
  held("commune-b/reception", "other"),
  held("commune-b/chair", "minh", "2025-12-31"),
]

export function smallCountry(changes: { agencies?: unknown[]; holdings?: unknown[] } = {}): Country {
  const list = (changes.agencies ?? agencies) as typeof agencies
  return {
    id: "small",
    languages: ["vi", "en"],
    timeZone: "Asia/Ho_Chi_Minh",
    nameOrder: ["family", "middle", "given"],
    agencies: new Map(list.map((a) => [a.id, a])),
    divisions: { path: divisionPath },
    cast: {
      people: Object.values(people),
      accounts: Object.keys(people).map((id) => ({ login: id, person: id, about: text(`story of ${id}`) })),
      holdings: changes.holdings ?? holdings,
      records: [],
    },
  } as unknown as Country
}

export const declaredAgencies = agencies
