// Numbers as people type them: 1.500.000,5 or 1,500,000.5, into an exact decimal string and back.

/** Languages that write 1.500.000,5; the others write 1,500,000.5. */
const commaLanguages = new Set(["vi", "de", "es", "id", "it", "pt", "tr", "da", "nl", "el", "hr", "sl", "ro", "is"])

/** The decimal mark of a language. */
export const decimalMark = (lang: string): "," | "." => (commaLanguages.has(lang) ? "," : ".")

/**
 * An exact decimal string (`-1500000.5`) of what was typed, or undefined. Groups must be of three digits. The other language's marks are
 * understood where they can mean only one thing: `3,200` is 3200 where no decimals are allowed.
 */
export function decimalOf(typed: string, lang: string, decimals: number): string | undefined {
  const text = typed.trim().replace(/[−–]/g, "-")
  if (text.length > 60) return undefined
  const mark = decimalMark(lang)
  const other = mark === "," ? "." : ","
  return plain(text, decimals === 0 && wholes[mark].test(text) ? other : mark)
}

/** Numbers with this decimal mark; groups are set apart by the other mark or by spaces. */
const forms = {
  ",": /^(-?)(\d+|\d{1,3}(?:[ \u00A0\u202F.]\d{3})+)(?:,(\d+))?$/,
  ".": /^(-?)(\d+|\d{1,3}(?:[ \u00A0\u202F,]\d{3})+)(?:\.(\d+))?$/,
} as const

/** What looks as if this mark set groups apart. */
const wholes = { ",": /^-?\d{1,3}(,\d{3})+$/, ".": /^-?\d{1,3}(\.\d{3})+$/ } as const

function plain(text: string, mark: "," | "."): string | undefined {
  const found = forms[mark].exec(text)
  if (!found) return undefined
  const whole = found[2]!.replace(/\D/g, "").replace(/^0+(?=\d)/, "")
  const rest = (found[3] ?? "").replace(/0+$/, "")
  const number = rest === "" ? whole : `${whole}.${rest}`
  return found[1] && number !== "0" ? `-${number}` : number
}

/** Is it an exact decimal string in its one canonical spelling? */
export const isDecimal = (text: string): boolean => /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/.test(text)

/** How many digits stand behind its point. */
export const decimalsIn = (decimal: string): number => decimal.split(".")[1]?.length ?? 0

/** Below, equal or above zero as `a` is below, equal to or above `b`; exact. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(decimalsIn(a), decimalsIn(b))
  const [x, y] = [scaled(a, places), scaled(b, places)]
  return x < y ? -1 : x > y ? 1 : 0
}

function scaled(decimal: string, places: number): bigint {
  const [whole = "0", rest = ""] = decimal.split(".")
  return BigInt(whole.replace("-", "") + rest.padEnd(places, "0")) * (decimal.startsWith("-") ? -1n : 1n)
}

/** A decimal string as a language writes it: `1.500.000,5`. */
export function grouped(decimal: string, lang: string): string {
  const mark = decimalMark(lang)
  const [whole = "0", rest] = decimal.split(".")
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, mark === "," ? "." : ",")
  return rest === undefined ? groups : `${groups}${mark}${rest}`
}

/** A number as a decimal string, without exponents. */
export const decimalFrom = (number: number): string => {
  const text = String(number)
  return /e/i.test(text) ? BigInt(Math.round(number)).toString() : text
}
