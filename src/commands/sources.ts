// `motlan sources`: for who connects an old system: is it what its declaration says, and what comes of one question?

import type { FileFinding } from "#country"
import { type Country, findRecord, loadCountry } from "#country"
import type { Config } from "#platform/config"
import type { Actor } from "#platform/db"
import { openLog } from "#platform/log"
import { linkSources, openSources, type ReadSources, readFromSource, SourceFaults } from "#sources"
import { alongside } from "./alongside.ts"
import { findSources } from "./link-sources.ts"
import { printFinding } from "./print-finding.ts"

const SYSTEM: Actor = { kind: "system", name: "sources" }
const USAGE = `motlan sources check [--lang vi|en]
motlan sources try ID number=NUMBER [validOn=DAY] [today=DAY] [purpose=ID]`
const KEYS = ["number", "validOn", "today", "purpose"]

/** Runs the command; 1 when something is to be mended or the system is silent, 2 when it is not spelt rightly. */
export async function sources(config: Config, [verb, ...names]: readonly string[], lang: string): Promise<number> {
  const isTry = verb === "try" && names.length > 1 && names.slice(1).every((name) => KEYS.includes(name.split("=")[0]!))
  if (!isTry && !(verb === "check" && names.length === 0)) {
    console.error(USAGE)
    return 2
  }
  try {
    const country = loadCountry(config.country)
    const read = findSources(config, country)
    return isTry ? await tryOne(config, country, read, names) : await check(read, lang)
  } catch (error) {
    if (!(error instanceof SourceFaults)) throw error
    return told(error.findings, "sources", lang)
  }
}

function told(findings: readonly FileFinding[], folder: string, lang: string): number {
  for (const one of findings) printFinding(folder, one, lang)
  return findings.length === 0 ? 0 : 1
}

async function check(read: ReadSources, lang: string): Promise<number> {
  const opened = openSources(read, { log: openLog("silent") })
  try {
    const findings = await opened.check()
    console.log(
      `${read.folder}: ${read.sources.length} declared, ${findings.length === 0 ? "nothing wrong" : `${findings.length} to mend`}`,
    )
    return told(findings, read.folder, lang)
  } finally {
    await opened.close()
  }
}

/** Asks one, without the exchange: so it tells which fields came, and their values in a demo alone. */
async function tryOne(config: Config, country: Country, read: ReadSources, [id, ...pairs]: readonly string[]): Promise<number> {
  const declared = read.sources.find((one) => one.declared.id === id)?.declared
  if (!declared) throw new Error(`there is no source ${id}; there are: ${read.sources.map((one) => one.declared.id).join(", ")}`)
  const type = { name: declared.answers, ...findRecord(country, declared.answers)! }
  const given = Object.fromEntries(pairs.map((pair) => [pair.split("=")[0]!, pair.slice(pair.indexOf("=") + 1)]))
  const opened = openSources(read, { log: openLog("silent") })
  const ask = ({ db, site }: Parameters<Parameters<typeof alongside>[1]>[0]) => {
    linkSources(site, opened)
    return db.tx(SYSTEM, (tx) => {
      const { number = "", today = tx.now.toISOString().slice(0, 10), validOn = today, purpose = "" } = given
      return readFromSource(tx, type, { number, validOn, today, purpose })
    })
  }
  const answer = await alongside(config, ask, country).finally(() => opened.close())
  if (answer.kind === "silent") {
    console.log(`silent: ${answer.code}`)
    return 1
  }
  console.log(`${answer.entries.length} of ${declared.answers}`)
  for (const { data, validFrom } of answer.entries) {
    console.log(`  valid from ${validFrom}`)
    for (const [field, value] of Object.entries(data))
      console.log(`    ${field.padEnd(24)} ${config.demo ? JSON.stringify(value) : kindOf(value)}`)
  }
  return 0
}

const kindOf = (value: unknown): string => (typeof value === "string" ? `${value.length} characters` : typeof value)
