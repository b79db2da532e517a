// The whole check of a pack: readable, fitting its schemas, and at one with itself.
import { checkAgencies } from "./check-agencies.ts"
import { checkCalendar, checkFacts, checkVocabulary } from "./check-core.ts"
import { checkWhole } from "./check-definition.ts"
import { checkLanguages } from "./check-languages.ts"
import { checkPeople } from "./check-people.ts"
import { checkRegisters } from "./check-registers.ts"
import { openChecking } from "./checking.ts"
import type { Finding } from "./finding.ts"
import { readPack } from "./pack.ts"

/**
 * Everything wrong with the pack in `dir`, sorted by file, line and column; empty when it can be published. Each finding has its file
 * (relative to `dir`), line and column from 1, code, words and mend. What a file names is looked up only once the core files are right. With `day`
 * (2026-03-09) discounts that are over by then are findings too.
 */
export async function checkCountry(dir: string, day?: string): Promise<Finding[]> {
  const { pack, findings } = readPack(dir)
  const all = [...findings]
  if (pack) {
    const c = openChecking(pack)
    checkFacts(c)
    if (c.findings.length === 0) await checkNamesIn(c, day)
    all.push(...c.findings)
  }
  return all.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
}

async function checkNamesIn(c: ReturnType<typeof openChecking>, day: string | undefined): Promise<void> {
  checkLanguages(c)
  checkCalendar(c)
  checkVocabulary(c)
  checkAgencies(c)
  checkPeople(c)
  checkRegisters(c)
  for (const service of c.pack.services) await checkWhole(c, service, day)
}
