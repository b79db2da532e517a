// What a start prints: the addresses, how long it took, and in a demo the cast to sign in as.
import { type Country, fullName } from "#country"
import type { Site } from "#platform/site"

export interface Start {
  /** Where it listens. */
  readonly address: string
  readonly seconds: string
  /** Lines on its place in a federation. */
  readonly about: readonly string[]
}

/** The lines to print once the site answers at `address`. */
export function announcement(site: Site, country: Country, { address, seconds, about }: Start): string[] {
  const lines = ["", `Motlan serves ${country.name.en} at ${site.origin} after ${seconds} s`]
  if (address !== site.origin) lines.push(`  listens on      ${address}`)
  lines.push(
    `  portal          ${site.origin}/`,
    `  desk            ${site.origin}/desk`,
    `  verify a paper  ${site.origin}/verify`,
    ...about,
  )
  if (site.demo) lines.push("", "Sign in as one of the synthetic cast:", ...cast(country))
  return [...lines, "", "Ctrl-C ends it; the data stays.", ""]
}

function cast(country: Country): string[] {
  const people = new Map(country.cast.people.map((person) => [person.id, person]))
  return country.cast.accounts.map(({ login, person, about }) => {
    const known = people.get(person)
    return `  ${login.padEnd(16)}${(known ? fullName(country, known.name) : person).padEnd(26)}${about.en ?? ""}`
  })
}
