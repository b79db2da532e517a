// `motlan check DIR`: everything wrong with a country pack, and with the sources that the site has for it, each with its place and mend.
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { checkCountry, faultsAmong, loadCountry } from "#country"
import type { Config } from "#platform/config"
import { SourceFaults } from "#sources"
import { findSources } from "./link-sources.ts"
import { printFinding } from "./print-finding.ts"

/** Prints one finding a line with its mend below; 1 when any of them stands in the way of publishing. Sources are looked at once their pack is good. */
export async function check(config: Config, named: string | undefined, lang: string): Promise<number> {
  const dir = named ?? config.country
  if (!existsSync(dir)) throw new Error(`there is no folder ${dir}`)
  const findings = await checkCountry(dir, new Date().toISOString().slice(0, 10))
  for (const one of findings) printFinding(dir, one, lang)
  const faults = faultsAmong(findings).length
  console.log(faults === 0 ? `${dir}: nothing wrong` : `${dir}: ${faults} to mend`)
  if (faults > 0 || resolve(dir) !== resolve(config.country)) return faults === 0 ? 0 : 1
  return checkSources(config, lang)
}

/** The declarations of old systems, without asking any: `motlan sources check` does. */
function checkSources(config: Config, lang: string): number {
  try {
    const { folder, sources } = findSources(config, loadCountry(config.country))
    if (sources.length > 0) console.log(`${folder}: nothing wrong`)
    return 0
  } catch (error) {
    if (!(error instanceof SourceFaults)) throw error
    for (const one of error.findings) printFinding("sources", one, lang)
    console.log(`sources: ${error.findings.length} to mend`)
    return 1
  }
}
