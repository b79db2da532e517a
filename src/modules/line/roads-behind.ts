// The roads of a site behind a security server: whom that server may call here for, from site.yaml; the way there is the server's own business.
import { compileEndpoints, WHOLE_SERVICE } from "#engines/xroad"
import type { SiteFile } from "#federation"
import { offersOf } from "./federation-roads.ts"
import type { Peer, Roads } from "./roads.ts"

export type RoadOfFile = NonNullable<SiteFile["road"]>

/** Stands where a contract stands between sites: the server keeps those. */
export const VOUCHED = "security-server"

/** The security server as the one who speaks. */
export const serverOf = ({ url }: RoadOfFile): Peer => ({
  ...{ id: VOUCHED, address: url, server: url },
  hasAuth: () => false,
  sealingKey: () => undefined,
})

/** What consumers of the server's instance may call here: only what `allow` names. */
export function roadsBehind(file: SiteFile, road: RoadOfFile): Roads {
  const { instance, allow = [] } = road
  const members = (file.members ?? []).flatMap(({ class: kind, code, subsystems = [] }) =>
    ["", ...subsystems.map((one) => `/${one.code}`)].map((rest) => `${instance}/${kind}/${code}${rest}`),
  )
  const hosted = new Set(members)
  const offers = offersOf({ ...file, instance })
  const rights = new Map(
    allow.map(({ consumer, service, endpoints = [WHOLE_SERVICE] }) => [
      `${instance}/${consumer} ${instance}/${service}`,
      { endpoints, compiled: compileEndpoints(endpoints) },
    ]),
  )
  return {
    isFresh: () => true,
    hosts: (client) => hosted.has(client),
    // Whom the server names it has authenticated itself.
    belongsTo: () => true,
    servers: () => [],
    peerOf: () => undefined,
    mayCall: ({ consumer, service, method, path }) =>
      rights.get(`${consumer} ${service}`)?.compiled.allows(method, path)
        ? { contract: VOUCHED }
        : { refused: "call-not-allowed" },
    offered: (service) => offers.get(service),
    services: (provider) => [...offers.keys()].filter((id) => id.startsWith(`${provider}/`)),
    permitted: (consumer, service) => rights.get(`${consumer} ${service}`)?.endpoints ?? [],
    clients: () => undefined,
    owner: members[0] ?? `${instance}/SITE/${file.site}`,
    demandOf: () => "any",
  }
}
