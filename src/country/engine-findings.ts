// Faults that the form and the process engine find, told with the place in the file and in the languages of the program.
import { type Finding, type FindingCode, finding } from "./finding.ts"
import { findingWords } from "./finding-words.ts"
import type { Keys, SourceFile } from "./source.ts"

interface EngineFault {
  readonly path: Keys
  readonly code: string
  readonly mend: string
}

/** A finding of `form-CODE` or `process-CODE` where it has words of its own, else the engine's own. */
export function engineFinding(source: SourceFile, engine: "form" | "process", fault: EngineFault, says: string): Finding {
  const own = `${engine}-${fault.code}`
  const code = (Object.hasOwn(findingWords, own) ? own : `${engine}-fault`) as FindingCode
  const part = fault.code === "unknown-word" ? "key" : "value"
  return finding(source.at(fault.path, part), code, { says, mend: fault.mend, at: fault.path.join(".") })
}
