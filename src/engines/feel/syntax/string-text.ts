// What stands between the quotation marks of a string.

const simple: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "'": "'", "\\": "\\" }

/** The string that the text means; a backslash before any other letter stays, so that patterns need no doubling. */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt"'\\]))/g,
    (all, four?: string, six?: string, one?: string) => {
      if (one !== undefined) return simple[one]!
      const point = Number.parseInt(four ?? six!, 16)
      return point > 0x10ffff ? all : String.fromCodePoint(point)
    },
  )
}
