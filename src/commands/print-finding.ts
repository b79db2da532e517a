// A finding as a command prints it: where, what, and the mend below.
import { join } from "node:path"
import type { FileFinding } from "#country"

/** `dir` is the folder that the file's name counts from. */
export function printFinding(dir: string, finding: FileFinding & { readonly severity?: string | undefined }, lang: string): void {
  const { file, line, column, code, severity, words, mend } = finding
  console.log(
    `${join(dir, file)}:${line}:${column} ${severity === "warning" ? "(warning) " : ""}${code}: ${words[lang] ?? words.en}`,
  )
  console.log(`  ${mend[lang] ?? mend.en}`)
}
