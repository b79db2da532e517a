// An address of two tiers: province and commune by code, and a line for the street. Places of before a reform are looked up.
import { PLACES_MAX, TEXT_LENGTH_MAX } from "../limits.ts"
import type { Divisions, FormContext, Json, Place } from "../values.ts"
import { type Element, hasForbidden, lengthOf, oneLine, oneText, type Reading, reading, right, wrong } from "./element.ts"

interface Address {
  readonly province: string
  readonly commune: string
  readonly street?: string
}

const code = /^[0-9A-Za-z.-]{1,20}$/

export const address: Element = {
  type: "address",
  // .known: the commune's code with the name as drawn, so that an untouched name keeps its code among namesakes.
  boxes: [".province", ".commune", ".street", ".known"],
  takes: [],
  missing: "required",
  fits: (value) => {
    const { province, commune, street = "" } = (value ?? {}) as Partial<Address>
    return typeof province === "string" && typeof commune === "string" && typeof street === "string"
  },
  read: ({ raw, context }, field) => {
    const [province, commune, street] = [".province", ".commune", ".street"]
      .map((box) => oneText(raw(box)).slice(0, 20 * TEXT_LENGTH_MAX))
      .map(oneLine) as [string, string, string]
    if (province === "" && commune === "" && street === "") return {}
    if (!isProvince(province, context.divisions)) return { mistakes: wrong("address-province", { part: "province" }) }
    if (commune === "") return { mistakes: wrong("address-commune", { part: "commune" }) }
    const found = communeOf(province, commune, oneLine(oneText(raw(".known"))), context.divisions)
    if (typeof found !== "string") return found
    const value = { province, commune: found, ...(street && { street }) }
    return reading(value, address.check(value, field, context))
  },
  check: (value, _field, { divisions }) => {
    const { province, commune, street = "" } = value as unknown as Address
    if (!code.test(province) || !isProvince(province, divisions)) return wrong("address-province", { part: "province" })
    if (!code.test(commune) || (divisions && divisions.commune(commune)?.province !== province))
      return wrong("address-commune-unknown", { part: "commune" })
    if (lengthOf(street) > TEXT_LENGTH_MAX) return wrong("text-too-long", { max: TEXT_LENGTH_MAX, part: "street" })
    return hasForbidden(street) ? wrong("text-characters", { part: "street" }) : right
  },
  write: (value, _field, { divisions }) => {
    const { province, commune, street } = value as unknown as Address
    const name = divisions?.commune(commune)?.name
    const drawn = name === undefined ? { ".commune": commune } : { ".commune": name, ".known": `${commune} ${name}` }
    return { ".province": province, ...drawn, ".street": street ?? "" }
  },
  show: (value, _field, { divisions }) => {
    const { province, commune, street } = value as unknown as Address
    return [street, divisions?.commune(commune)?.name ?? commune, divisions?.province(province)?.name ?? province]
      .filter(Boolean)
      .join(", ")
  },
  schema: () => {
    const place = { type: "string", pattern: code.source }
    return {
      type: "object",
      properties: { province: place, commune: place, street: { type: "string", maxLength: TEXT_LENGTH_MAX } },
      required: ["province", "commune"],
      additionalProperties: false,
    }
  },
  feel: (value: Json) => value,
}

const isProvince = (text: string, divisions: FormContext["divisions"]) =>
  divisions ? divisions.province(text) !== undefined : code.test(text)

/** The code of what was typed or chosen, or why there is none. */
function communeOf(province: string, typed: string, known: string, divisions: Divisions | undefined): string | Reading {
  const space = known.indexOf(" ")
  const knownCode = space > 0 && known.slice(space + 1) === typed ? known.slice(0, space) : typed
  if (!divisions) return code.test(knownCode) ? knownCode : { mistakes: wrong("address-commune-unknown", { part: "commune" }) }
  if (divisions.commune(knownCode)?.province === province) return knownCode
  const places = typed.length > TEXT_LENGTH_MAX ? [] : divisions.find(province, typed)
  if (places.length === 1) return places[0]!.code
  if (places.length > 1) return { mistakes: wrong("address-several", offered(places)) }
  const heirs = typed.length > TEXT_LENGTH_MAX ? [] : divisions.replaced(province, typed)
  return {
    mistakes:
      heirs.length > 0 ? wrong("address-replaced", offered(heirs)) : wrong("address-commune-unknown", { part: "commune" }),
  }
}

/** Places to choose from, as the text of a JSON list of code and name. */
const offered = (places: readonly Place[]) => ({
  part: "commune",
  places: JSON.stringify(places.slice(0, PLACES_MAX).map((place) => [place.code, place.name])),
})
