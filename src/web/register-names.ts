// How registers, agencies and purposes are called in the reader's language.
import { type Country, findRecord } from "#country"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"

type Tongue = Pick<Frame, "lang" | "place">

/** The name of the register of a record type: `population/person`. */
export const registerNames =
  (frame: Tongue, country: Country) =>
  (type: string): string => {
    const found = findRecord(country, type)
    return found ? textOf(frame, found.register.name) : type
  }

/** Is this a service that systems ask over the line (`I/C/M/S/SERVICE`), and no record type? */
export const isLineService = (service: string): boolean => service.split("/").length > 2

/** Who told it: the agency that keeps the register of a record type, and the register. */
export const sourceNames =
  (frame: Tongue, country: Country) =>
  (type: string): string => {
    const found = findRecord(country, type)
    return found ? `${agencyName(frame, country, found.register.owner)}, ${textOf(frame, found.register.name)}` : type
  }

/** The names of fields of a record type, in small letters, as they stand in a sentence; their ids where the country declares none. */
export const fieldNames =
  (frame: Tongue, country: Country) =>
  (type: string, ids: readonly string[]): string => {
    const record = findRecord(country, type)?.record
    const names = ids.map((id) => {
      const field = record?.fields.find((one) => one.id === id)
      const words = field?.name ?? (field && country.vocabulary.elements[field.is]?.name)
      return words ? textOf(frame, words).toLocaleLowerCase(frame.lang) : id
    })
    return names.join(", ")
  }

/** The name of an agency; its id when the country no longer declares it. */
export const agencyName = (frame: Tongue, country: Country, id: string): string => {
  const agency = country.agencies.get(id)
  return agency ? textOf(frame, agency.name) : id
}
