// Codes of dossiers by a pattern, such as `{agency}-{yyMMdd}-{seq:4}`: written, and read again.

/** What a code says. `date` is `YYYY-MM-DD`; two-digit years are those of 2000 to 2099. */
export interface DossierCode {
  readonly agency: string
  readonly date: string
  readonly seq: number
}

const PATTERN_LENGTH_MAX = 80
const CODE_LENGTH_MAX = 120
const COMPILED_MAX = 100

/** Compiles a pattern: `{agency}`, `{yyMMdd}` or `{yyyyMMdd}`, `{seq}` or `{seq:WIDTH}`, and text between. Throws a RangeError. */
export function compileDossierCode(pattern: string): {
  format(code: DossierCode): string
  parse(text: string): DossierCode | undefined
} {
  if (pattern.length > PATTERN_LENGTH_MAX) throw new RangeError("the pattern of dossier codes is too long")
  const parts = pattern.split(/(\{[^{}]*\})/).filter((part) => part !== "")
  for (const name of ["{agency}", "{seq"]) {
    if (parts.filter((part) => part.startsWith(name)).length !== 1) throw new RangeError(`dossier codes need one ${name}`)
  }
  const reader = new RegExp(`^${parts.map(readerOf).join("")}$`)
  return {
    format: (code) => parts.map((part) => written(part, code)).join(""),
    parse: (text) => {
      const found = text.length <= CODE_LENGTH_MAX ? reader.exec(text)?.groups : undefined
      if (!found) return undefined
      const [year = "", month = "", day = ""] = [found.year, found.month, found.day]
      const date = `${year.length === 2 ? `20${year}` : year}-${month}-${day}`
      return { agency: found.agency!, date, seq: Number(found.seq) }
    },
  }
}

/** Writes a code. A sequence number wider than its place is written whole, never cut. Throws a RangeError. */
export const formatDossierCode = (pattern: string, code: DossierCode): string => compiled(pattern).format(code)

/** Reads a code; undefined when it does not follow the pattern. */
export const parseDossierCode = (pattern: string, text: string): DossierCode | undefined => compiled(pattern).parse(text)

const known = new Map<string, ReturnType<typeof compileDossierCode>>()

function compiled(pattern: string): ReturnType<typeof compileDossierCode> {
  const code = known.get(pattern) ?? compileDossierCode(pattern)
  if (known.size < COMPILED_MAX) known.set(pattern, code)
  return code
}

function readerOf(part: string): string {
  const name = /^\{(.*)\}$/.exec(part)?.[1]
  if (name === undefined) return part.replace(/[^A-Za-z0-9]/g, "\\$&")
  if (name === "agency") return "(?<agency>[A-Za-z0-9.]{1,40})"
  if (name === "yyMMdd") return "(?<year>\\d\\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])"
  if (name === "yyyyMMdd") return "(?<year>\\d{4})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])"
  const width = /^seq(?::([1-9]))?$/.exec(name)
  if (!width) throw new RangeError(`dossier codes know no {${name}}`)
  return `(?<seq>\\d{${width[1] ?? 1},12})`
}

function written(part: string, { agency, date, seq }: DossierCode): string {
  if (!part.startsWith("{")) return part
  const [year = "", month = "", day = ""] = date.split("-")
  if (part === "{agency}") return agency
  if (part === "{yyMMdd}") return year.slice(2) + month + day
  if (part === "{yyyyMMdd}") return year + month + day
  if (!(Number.isSafeInteger(seq) && seq > 0)) throw new RangeError(`not a number of a dossier: ${seq}`)
  return String(seq).padStart(Number(part.slice(5, -1)) || 1, "0")
}
