// What this site answers about the federation to its hub and to other sites: JSON in and out. A site that is alone has none of it.
import { consentEndpoints } from "#consents"
import { witnessEndpoints } from "#evidence"
import { federationEndpoints, findStanding, ownWitness } from "#federation"
import { json, limits } from "#platform/http"
import type { Web } from "../web.ts"

export function federationRoutes({ site, api }: Web): void {
  const standing = findStanding(site)
  if (!standing) return
  const isHub = standing.file.role === "hub"
  for (const { method, path, at, bodyMax, deed } of [
    ...federationEndpoints,
    ...witnessEndpoints(ownWitness),
    ...consentEndpoints,
  ]) {
    if (at === "hub" && !isHub) continue
    api({
      ...{ method, path, for: "public", limit: limits.federation, ...(bodyMax > 0 && { bodyMax }) },
      handle: async ({ tx, query, json: body }) =>
        json(await tx((t) => deed(t, { query: { since: query.get("since") || undefined }, body }))),
    })
  }
}
