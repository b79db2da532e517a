// The cast in a world: the agencies with their officials, the published services, the seeded registers, and people who act.

import { caseJobs } from "#cases"
import { publishCountry } from "#catalogue"
import { type Country, fullName } from "#country"
import { loadAgencies, signIn } from "#identity"
import type { Actor } from "#platform/db"
import { workDue } from "#platform/jobs"
import { seedRegisters } from "#registers"
import { openWorld, type World } from "./world.ts"

export interface Cast extends World {
  /** Signs a person of people.yaml in, as a citizen. */
  person(id: string): Promise<Extract<Actor, { kind: "person" }>>
  /** Signs a person in at their desk. */
  official(id: string): Promise<Extract<Actor, { kind: "official" }>>
  /** Works every job that is due. */
  work(): Promise<void>
}

export const system: Actor = { kind: "system", name: "tests" }

/** Opens a world in which the cast of the country lives. */
export async function openCast(): Promise<Cast> {
  const world = await openWorld({ demo: true })
  const country = world.site.reference as Country
  await world.tx(system, async (tx) => {
    await loadAgencies(tx)
    await publishCountry(tx)
    await seedRegisters(tx, "2026-03-09")
  })
  const enter = async (id: string, asOfficial: boolean) => {
    const person = country.cast.people.find((p) => p.id === id)
    if (!person) throw new Error(`nobody is called ${id}`)
    const { actor } = await world.tx(system, (tx) =>
      signIn(tx, {
        issuer: "https://idp.example",
        sub: id,
        personNumber: person.number,
        name: fullName(country, person.name),
        authTime: tx.now,
        acr: "high",
        asOfficial,
      }),
    )
    return actor
  }
  return {
    ...world,
    person: async (id) => {
      const actor = await enter(id, false)
      if (actor.kind !== "person") throw new Error(`${id} came as an official`)
      return actor
    },
    official: async (id) => {
      const actor = await enter(id, true)
      if (actor.kind !== "official") throw new Error(`${id} holds no position`)
      return actor
    },
    work: async () => {
      await workDue(world.db, caseJobs)
    },
  }
}
