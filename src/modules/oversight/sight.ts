// What of a running site oversight looks at: its file, whom it knows, what its line counts; and who may look.
import type { AccessList, SiteFile } from "#federation"
import type { Description, DescriptionWish, Figures, Trial, TrialOutcome } from "#line"
import type { Tx } from "#platform/db"
import type { Site } from "#platform/site"
import { problem } from "#problems"

export interface Sight {
  readonly file: SiteFile
  readonly access: AccessList
  readonly figures: Figures
  /** Tries a service over the line; undefined while there is none. */
  tryService(trial: Trial): Promise<TrialOutcome | undefined>
  /** The document of a service; undefined while there is no line. */
  describe(wish: DescriptionWish): Promise<Description | undefined>
}

const sights = new WeakMap<Site, Sight>()

/** Opens the site to oversight: from now on its exchange can be looked at. */
export function openSight(site: Site, sight: Sight): void {
  sights.set(site, sight)
}

/** Has the site a place in a federation, so that there is something to see? */
export const findSight = (site: Site): Sight | undefined => sights.get(site)

/** Throws `federation-alone`. */
export function sightOf({ site }: Pick<Tx, "site">): Sight {
  const sight = sights.get(site)
  if (!sight) throw problem("federation-alone")
  return sight
}

/** The subsystems of this site that the directory knows. */
export const ownSubsystems = ({ access, file }: Sight) =>
  (access.directory?.subsystems ?? []).filter((one) => access.siteOf(one.id)?.id === file.site)

export type Overseer = "auditor" | "tech-admin" | "catalogue-admin"

/** Whether the actor holds one of the roles. */
export const holdsAny = ({ actor }: Pick<Tx, "actor">, roles: readonly Overseer[]): boolean =>
  actor.kind === "official" && actor.positions.some((held) => roles.some((role) => held.roles.includes(role)))

/** Throws `not-allowed` unless the actor holds one of the roles. */
export function refuseAllBut(tx: Tx, roles: readonly Overseer[]): void {
  if (!holdsAny(tx, roles)) throw problem("not-allowed")
}

/** Who sees members, services and contracts: they name no person. */
export const SEES_CATALOGUE: readonly Overseer[] = ["auditor", "tech-admin", "catalogue-admin"]
/** Who sees how much passes between whom. */
export const SEES_FIGURES: readonly Overseer[] = ["auditor", "tech-admin"]
