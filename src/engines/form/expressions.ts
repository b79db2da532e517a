// Expressions of a definition: compiled, or told as a fault with the place in the text.
import { type Compiled, compileFeel, FeelError } from "#engines/feel"
import type { DefinitionFault } from "./faults.ts"

/** The name under which conditions ask whether a register has answered: `fetched.marriage`. */
export const FETCHED = "fetched"

const mends: Readonly<Record<string, string>> = {
  "unknown-name":
    "Name a field that stands earlier in the form, applicant, today, or fetched.ID; FEEL has no `not in`: write not(x in [..])",
  "unknown-function": "Use a function of FEEL",
  clock: "Write today, without brackets",
  "regular-expression": "Use contains, starts with or ends with, or a field's format",
  "nested-loops": "Use one loop or filter alone",
  "range-loop": "Ranges are for `x in [1..3]`",
}

/** The compiled expression; undefined when it is wrong, which then stands among the faults. */
export function compileExpression(
  text: string,
  path: readonly (string | number)[],
  names: readonly string[],
  faults: DefinitionFault[],
): Compiled | undefined {
  try {
    return compileFeel(text, names)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    const near = text.slice(error.from, Math.max(error.to, error.from + 1)).slice(0, 60)
    const message = `${error.code} at character ${error.from + 1}${near && `: ${near}`}`
    faults.push({
      path,
      at: { from: error.from, to: error.to },
      code: `feel-${error.code}`,
      message,
      mend: mends[error.code] ?? "Mend the expression here",
    })
    return undefined
  }
}
