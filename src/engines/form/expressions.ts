// Expressions of a definition: compiled, or told as a fault with the place in the text.
import { type Compiled, compileFeel, FeelError, type FeelFault } from "#engines/feel"
import type { DefinitionFault } from "./faults.ts"

/** The name under which conditions ask whether a register has answered: `fetched.marriage`. */
export const FETCHED = "fetched"

/** Where a form knows better than FEEL what its author meant. */
const mends: Readonly<Partial<Record<FeelFault, string>>> = {
  "unknown-name":
    "Name a field that stands earlier in the form, applicant, today, or fetched.ID; FEEL has no `not in`: write not(x in [..])",
  clock: "Write today, without brackets",
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
      mend: mends[error.code] ?? error.mend,
    })
    return undefined
  }
}
