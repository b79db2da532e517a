// The `sql` tag: statements in plain sight, values always apart. A statement's text names its prepared plan.
import { createHash } from "node:crypto"

/** One statement: its text with $1, $2 ... and the values beside it. Made only by the `sql` tag. */
export class Sql {
  constructor(
    readonly text: string,
    readonly values: readonly unknown[],
  ) {}

  /** Name of the prepared statement: the same text always gives the same name (32 hex digits). */
  get name(): string {
    let name = names.get(this.text)
    if (!name) {
      name = createHash("sha256").update(this.text).digest("hex").slice(0, 32)
      if (names.size < NAMES_MAX) names.set(this.text, name)
    }
    return name
  }
}

const NAMES_MAX = 5_000
const names = new Map<string, string>()

/** Builds a statement. A value that is itself `Sql` is spliced in as text, everything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  let text = strings[0]!
  const values: unknown[] = []
  parts.forEach((part, i) => {
    if (part instanceof Sql) {
      text += part.text.replace(/\$(\d+)/g, (_, n) => `$${Number(n) + values.length}`)
      values.push(...part.values)
    } else {
      values.push(part)
      text += `$${values.length}`
    }
    text += strings[i + 1]!
  })
  return new Sql(text, values)
}
