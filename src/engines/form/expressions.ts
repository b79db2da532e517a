// Expressions of a definition: compiled, or told as a fault with the place in the text.
import {
  type Compiled,
  checkFeel,
  compileFeel,
  type DeclaredTypes,
  FeelError,
  type FeelFault,
  type FeelType,
} from "#engines/feel"
import type { DefinitionFault } from "./faults.ts"

/** The name under which conditions ask whether a register has answered: `fetched.marriage`. */
export const FETCHED = "fetched"

/** Where a form knows better than FEEL what its author meant. */
const mends: Readonly<Partial<Record<FeelFault, string>>> = {
  "unknown-name":
    "Name a field that stands earlier in the form, applicant, today, or fetched.ID; FEEL has no `not in`: write not(x in [..])",
  clock: "Write today, without brackets",
}

/** What is known before an expression runs: the types of its names, and what it must give. */
export interface Typing {
  readonly declared: DeclaredTypes
  readonly result: FeelType
}

/** The compiled expression, its types checked where they are known; undefined when it is wrong, which then stands among the faults. */
export function compileExpression(
  text: string,
  path: readonly (string | number)[],
  names: readonly string[],
  faults: DefinitionFault[],
  typing?: Typing,
): Compiled | undefined {
  try {
    const compiled = compileFeel(text, names)
    if (typing) checkTypes(text, path, typing, faults)
    return compiled
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

function checkTypes(text: string, path: DefinitionFault["path"], { declared, result }: Typing, faults: DefinitionFault[]): void {
  for (const { from, to, found, expected, mend } of checkFeel(text, declared, { result }).faults) {
    const near = text.normalize("NFC").slice(from, to).slice(0, 60)
    const message = `${near} at character ${from + 1} is ${found}, where ${expected} is expected`
    faults.push({ path, at: { from, to }, code: "feel-type-mismatch", params: { near, found, expected }, message, mend })
  }
}
