// The synthetic cast as the demo's identity provider knows it.
import { type Country, fullName } from "#country"

export interface CastMember {
  /** What the provider calls them; the `sub` of their tokens. */
  readonly login: string
  readonly name: string
  readonly number: string
  readonly about: Readonly<Record<string, string>>
  /** Holds a post, and so comes to the desk. */
  readonly isOfficial: boolean
}

/** Everybody who has an account in the pack, in its order. */
export function castOf(country: Country): CastMember[] {
  return country.cast.accounts.flatMap((account) => {
    const person = country.cast.people.find((p) => p.id === account.person)
    if (!person) return []
    const { login, about } = account
    return [
      {
        login,
        about,
        name: fullName(country, person.name),
        number: person.number,
        isOfficial: country.cast.holdings.some((holding) => holding.person === person.id),
      },
    ]
  })
}
