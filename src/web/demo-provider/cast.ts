// The synthetic cast as the demo's identity provider knows it.
import { type Country, fullName } from "#country"

export interface CastMember {
  /** What the provider calls them; the `sub` of their tokens. */
  readonly login: string
  readonly name: string
  readonly number: string
  readonly about: Readonly<Record<string, string>>
  /** Names of the posts they hold, each with its agency; empty for a citizen. */
  readonly posts: readonly Readonly<Record<string, string>>[]
}

/** Everybody who has an account in the pack, in its order. */
export function castOf(country: Country): CastMember[] {
  return country.cast.accounts.flatMap((account) => {
    const person = country.cast.people.find((p) => p.id === account.person)
    if (!person) return []
    const { login, about } = account
    return [{ login, about, name: fullName(country, person.name), number: person.number, posts: postsOf(country, person.id) }]
  })
}

function postsOf(country: Country, person: string): Readonly<Record<string, string>>[] {
  return country.cast.holdings
    .filter((holding) => holding.person === person)
    .flatMap((holding) => {
      const [agencyId = "", positionId = ""] = holding.position.split("/")
      const agency = country.agencies.get(agencyId)
      const position = agency?.positions.find((p) => p.id === positionId)
      if (!agency || !position) return []
      const inLang = (lang: string) => `${position.name[lang] ?? positionId}, ${agency.name[lang] ?? agencyId}`
      return [Object.fromEntries(country.languages.map((lang) => [lang, inLang(lang)]))]
    })
}
