// Makes the database say what the country pack says: agencies, published services, and in a demo the cast's records.
import { type PublicationReport, publishCountry } from "#catalogue"
import { countryOf } from "#country"
import { loadAgencies } from "#identity"
import { type Actor, type Db, sql, type Tx } from "#platform/db"
import { seedRegisters } from "#registers"

const actor: Actor = { kind: "system", name: "publish" }

export interface Published {
  readonly agencies: Awaited<ReturnType<typeof loadAgencies>>
  readonly services: PublicationReport
  /** Records newly laid into registers; only in a demo. */
  readonly seeds: number
}

/**
 * Publishes the pack that the site carries; doing it again changes nothing. `hosted` are the agencies that work here, where not all do:
 * only their registers are seeded.
 */
export async function publish(db: Db, hosted?: readonly { readonly id: string }[]): Promise<Published> {
  const owners = hosted && new Set(hosted.map(({ id }) => id))
  const agencies = await db.tx(actor, loadAgencies)
  const services = await db.tx(actor, publishCountry)
  const seeds = await db.tx(actor, async (tx) => (tx.site.demo ? seedRegisters(tx, today(tx), owners) : 0))
  return { agencies, services, seeds }
}

const today = (tx: Tx): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: countryOf(tx).timeZone, dateStyle: "short" }).format(tx.now)

/**
 * A database is a demo for ever or never: made-up people do not come among real ones, and real ones not under the
 * demo's sign-in. Throws with words when this start is of the other kind.
 */
export async function refuseOtherKind(db: Db): Promise<void> {
  const demo = await db.tx(actor, async (tx) => {
    await tx.run(sql`
      insert into platform.site_fact (name, value, noted_at) values ('demo', ${JSON.stringify(tx.site.demo)}, ${tx.now})
      on conflict do nothing`)
    return (
      (await tx.get<{ value: boolean }>(sql`select value from platform.site_fact where name = 'demo'`)).value === tx.site.demo
    )
  })
  if (!demo)
    throw new Error(
      "this data folder was begun with --demo and this start is without it, or the other way: choose another with --data",
    )
}
