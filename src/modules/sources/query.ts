// A declared SQL query: its named parameters become those of the driver, and it can be nothing but one query. No value ever enters the text.

export type Dialect = "postgresql" | "mariadb"

export interface Query {
  /** With `$1` or `?` where the names stood. */
  readonly text: string
  /** Parameters in the order in which the driver wants their values. */
  readonly names: readonly string[]
}

export type QueryFault = "not-one-query" | "query-writes" | "placeholder"

/** Strings, quoted names and comments, in which nothing is looked for; then what is looked for. */
const tokens: Readonly<Record<Dialect, RegExp>> = {
  postgresql:
    /(?<skip>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?\$\k<tag>\$|::|:=)|:(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<placeholder>\$\d+)|(?<end>;)|(?<into>\binto\b)/giu,
  mariadb:
    /(?<skip>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|--\s[^\n]*|#[^\n]*|\/\*(?![!M])[\s\S]*?\*\/|:=)|:(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<placeholder>\?|\/\*[!M])|(?<end>;)|(?<into>\binto\b)/giu,
}
const QUERY = /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*(?:select|with|values|\()/i

/** Reads a declared query; gives a fault for what is no single reading query. The database refuses what this does not see. */
export function readQuery(declared: string, dialect: Dialect): Query | QueryFault {
  const text = declared.replace(/;\s*$/, "")
  if (!QUERY.test(text)) return "not-one-query"
  const names: string[] = []
  let fault: QueryFault | undefined
  const ready = text.replace(tokens[dialect], (...found) => {
    const groups = found.at(-1) as Readonly<Record<string, string | undefined>>
    if (groups.placeholder) fault ??= "placeholder"
    if (groups.end) fault ??= "not-one-query"
    if (groups.into) fault ??= "query-writes"
    if (groups.name === undefined) return found[0] as string
    if (dialect === "mariadb" || !names.includes(groups.name)) names.push(groups.name)
    return dialect === "mariadb" ? "?" : `$${names.indexOf(groups.name) + 1}`
  })
  return fault ?? { text: ready, names }
}
