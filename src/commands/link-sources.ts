// The part of a start that opens systems which an agency has already: read, opened, linked, looked at while the site comes up.
import { dirname } from "node:path"
import type { Country } from "#country"
import { findSiteFile, readSiteFile } from "#federation"
import type { Config } from "#platform/config"
import type { Site } from "#platform/site"
import { linkSources, openSources, type ReadSources, readSources, type Sources } from "#sources"

/** What stands in `sources/` beside site.yaml, or in the data folder of a site that is alone. Throws SourceFaults. */
export function findSources(config: Config, country: Country): ReadSources {
  const path = findSiteFile(config.data, config.site)
  const agencies = path === undefined ? undefined : readSiteFile(path).agencies
  const isHere = (agency: string) => agencies === undefined || agencies.some(({ id }) => id === agency)
  return readSources(path === undefined ? config.data : dirname(path), country, isHere)
}

/** Opens them and links the site with them. What a system says differently from its declaration goes to the log; it keeps no site from starting. */
export function linkDeclared(config: Config, site: Site, country: Country, down: (() => Promise<unknown>)[]): Sources {
  const sources = openSources(findSources(config, country), { log: site.log })
  down.push(() => sources.close())
  linkSources(site, sources)
  sources.check().then(
    (findings) => {
      for (const { file, line, code, words, mend } of findings) site.log.warn({ file, line, code }, `${words.en} ${mend.en}`)
    },
    (error: Error) => site.log.error({ err: error }, "the sources could not be looked at"),
  )
  return sources
}
