// `motlan check DIR`: everything wrong with a country pack, each with its place and mend.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { checkCountry } from "#country"

/** Prints one finding a line with its mend below; 1 when there is any. */
export function check(dir: string, lang: string): number {
  if (!existsSync(dir)) throw new Error(`there is no folder ${dir}`)
  const findings = checkCountry(dir, new Date().toISOString().slice(0, 10))
  for (const { file, line, column, code, words, mend } of findings) {
    console.log(`${join(dir, file)}:${line}:${column} ${code}: ${words[lang] ?? words.en}`)
    console.log(`  ${mend[lang] ?? mend.en}`)
  }
  console.log(findings.length === 0 ? `${dir}: nothing wrong` : `${dir}: ${findings.length} to mend`)
  return findings.length === 0 ? 0 : 1
}
