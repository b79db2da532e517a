// The whole check of a pack: readable, fitting its schemas, and at one with itself.
import { checkAgencies } from "./check-agencies.ts"
import { checkCalendar, checkFacts, checkVocabulary } from "./check-core.ts"
import { checkLanguages } from "./check-languages.ts"
import { checkPeople } from "./check-people.ts"
import { checkRegisters } from "./check-registers.ts"
import { checkRunnable } from "./check-runnable.ts"
import { checkService } from "./check-services.ts"
import { openChecking } from "./checking.ts"
import type { Finding } from "./finding.ts"
import { readPack } from "./pack.ts"

/**
 * Everything wrong with the pack in `dir`, sorted by file, line and column; empty when it can be published. Each finding has its file
 * (relative to `dir`), line and column from 1, code, words and mend. What a file names is looked up only once the core files are right.
 */
export function checkCountry(dir: string): Finding[] {
  const { pack, findings } = readPack(dir)
  const all = [...findings]
  if (pack) {
    const c = openChecking(pack)
    checkFacts(c)
    if (c.findings.length === 0) checkNamesIn(c)
    all.push(...c.findings)
  }
  return all.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
}

function checkNamesIn(c: ReturnType<typeof openChecking>): void {
  checkLanguages(c)
  checkCalendar(c)
  checkVocabulary(c)
  checkAgencies(c)
  checkPeople(c)
  checkRegisters(c)
  for (const service of c.pack.services) {
    checkService(c, service)
    checkRunnable(c, service)
  }
}
