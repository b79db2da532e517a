// How the parties of a consent and what they exchange are called in the reader's language.
import { type Country, findRecord, textIn } from "#country"
import type { Directory } from "#federation"
import type { Frame } from "#platform/http"
import { fieldNames, registerNames } from "../../register-names.ts"

type Tongue = Pick<Frame, "lang" | "place">

export interface PartyNames {
  /** Of `I/C/M/S`: the agency of the country with the member's code, else the member as the directory lists it. */
  party(subsystem: string): string
  /** What data of a service are asked for. */
  data(service: string, data: readonly { readonly register: string; readonly fields: readonly string[] }[]): NamedData[]
}

export interface NamedData {
  readonly register: string
  readonly fields: readonly string[]
}

export function partyNames(frame: Tongue, country: Country, directory: Directory | undefined): PartyNames {
  const byCode = new Map([...country.agencies.values()].map((agency) => [agency.code, textIn(agency.name, frame.lang)]))
  const members = new Map((directory?.members ?? []).map((one) => [`${one.class}/${one.code}`, one.name]))
  const register = registerNames(frame, country)
  const fields = fieldNames(frame, country)
  return {
    party: (subsystem) => {
      const [, kind = "", code = ""] = subsystem.split("/")
      return byCode.get(code) ?? members.get(`${kind}/${code}`) ?? subsystem
    },
    data: (service, data) =>
      data.map((one) => ({
        register: findRecord(country, one.register)
          ? register(one.register)
          : (directory?.services.find(({ id }) => id === service)?.name ?? one.register),
        fields: one.fields.map((id) => fields(one.register, [id])),
      })),
  }
}
