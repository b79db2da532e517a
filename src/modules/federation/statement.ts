// What a site says of itself to the hub: addresses, subsystems, services, the key of its checkpoints. And what the hub believes of it.
import Type, { type Static } from "typebox"
import { problem } from "#problems"
import { DirectoryService, VerifierKey } from "./directory.ts"
import { memberOf, SiteId, SubsystemId, subsystemOf } from "./identifiers.ts"
import { SITE_SERVICES_MAX, SITE_SUBSYSTEMS_MAX, WITNESSES_MAX } from "./limits.ts"
import { closed, FaceAddress, LineAddress } from "./site-file.ts"
import type { Standing } from "./standing.ts"
import type { MemberRow, SiteFacts } from "./store.ts"

const Name = Type.String({ minLength: 1, maxLength: 300 })

export const Statement = closed({
  id: SiteId,
  name: Name,
  line: LineAddress,
  face: FaceAddress,
  checkpointKey: VerifierKey,
  witnesses: Type.Array(SiteId, { maxItems: WITNESSES_MAX }),
  subsystems: Type.Array(closed({ id: SubsystemId, name: Name }), { maxItems: SITE_SUBSYSTEMS_MAX }),
  services: Type.Array(DirectoryService, { maxItems: SITE_SERVICES_MAX }),
})
export type Statement = Static<typeof Statement>

/** What this site says of itself, from its file. */
export function statementOf({ file, checkpointKey }: Pick<Standing, "file" | "checkpointKey">): Statement {
  const { instance } = file
  return {
    id: file.site,
    name: file.name,
    line: file.line,
    face: file.face,
    checkpointKey,
    witnesses: file.witnesses ?? [],
    subsystems: (file.members ?? []).flatMap((member) =>
      (member.subsystems ?? []).map(({ code, name }) => ({ id: `${instance}/${member.class}/${member.code}/${code}`, name })),
    ),
    services: (file.services ?? []).map((service) => ({
      id: `${instance}/${service.subsystem}/${service.code}`,
      name: service.name,
      type: service.type,
      endpoints: service.endpoints ?? [],
    })),
  }
}

/**
 * What the hub keeps of a statement. Throws `announcement-refused` for a subsystem of a member that the site does not host or that it was
 * not granted, for a service of a subsystem that it does not name, and for a name that comes twice.
 */
export function believed(instance: string, statement: Statement, members: readonly MemberRow[]): SiteFacts {
  const { id: _, ...facts } = statement
  const own = new Map(members.map((member) => [`${instance}/${member.class}/${member.code}`, member]))
  const named = new Set<string>()
  for (const { id } of facts.subsystems) {
    const member = own.get(memberOf(id))
    if (!member) throw problem("announcement-refused", { name: id })
    if (member.subsystems && !member.subsystems.includes(id.split("/")[3]!)) throw problem("announcement-refused", { name: id })
    if (named.size === named.add(id).size) throw problem("announcement-refused", { name: id })
  }
  const services = new Set<string>()
  for (const { id } of facts.services) {
    if (!named.has(subsystemOf(id)) || services.size === services.add(id).size)
      throw problem("announcement-refused", { name: id })
  }
  return facts
}

/** Subsystems that the hub has granted and the site has not named yet stand under their code. */
export function withGranted(instance: string, facts: SiteFacts, members: readonly MemberRow[]): SiteFacts {
  const named = new Set(facts.subsystems.map(({ id }) => id))
  const granted = members
    .flatMap((member) =>
      (member.subsystems ?? []).map((code) => ({ id: `${instance}/${member.class}/${member.code}/${code}`, name: code })),
    )
    .filter(({ id }) => !named.has(id))
  return { ...facts, subsystems: [...facts.subsystems, ...granted] }
}
