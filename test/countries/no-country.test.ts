// The product knows no country: nothing of Viet Nam stands in src/ outside words and tests.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { test } from "node:test"

const src = resolve(import.meta.dirname, "../../src")

/** Words that only the pack may know: the country, its money, numbers, places, codes of its law. */
const words = [
  /(?<!be[ -])viet[ -]?nam(?!ese)/i,
  /việt nam/i,
  /\bVND\b/,
  /\+84\b/,
  /hà nội/i,
  /ho_chi_minh/i,
  /\bH26\b/,
  /dichvucong/i,
  /căn cước/i,
]

/** Words for people, tests, the demo, which acts out the pack's own story, and the one place that names the pack taken by default. */
const isExempt = (file: string) =>
  /words[^/]*\.tsx?$|\.test\.tsx?$|\.fixture\.tsx?$|^demo\/|^platform\/config\/config\.ts$/.test(file)

/** Files that say in their first line that they serve tests alone. */
const isForTests = (text: string) => /^\/\/.*\bfor (the )?tests\b/i.test(text)

/** Code without its comments: the law that a rule comes from may be cited. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "")

/** Still to be mended: the sign of a currency comes from Intl.NumberFormat, not from a comparison. */
const owed = ["engines/form/elements/money.ts: \\bVND\\b", "web/kit/form/text-box.tsx: \\bVND\\b"]

function offences(file: string, text: string): string[] {
  if (isForTests(text)) return []
  const code = withoutComments(text)
  return words.filter((word) => word.test(code)).map((word) => `${file}: ${word.source}`)
}

test("no word of Viet Nam stands in the code of the product", () => {
  const files = (readdirSync(src, { recursive: true }) as string[]).filter((f) => /\.tsx?$/.test(f) && !isExempt(f))
  assert.ok(files.length > 50)
  assert.deepEqual(
    files.flatMap((file) => offences(file, readFileSync(join(src, file), "utf8"))),
    owed,
  )
})

test("the search finds a country's word in code, and leaves the law cited in a comment alone", () => {
  assert.deepEqual(offences("a.ts", 'const zone = "Asia/Ho_Chi_Minh"'), ["a.ts: ho_chi_minh"])
  assert.deepEqual(offences("a.ts", "// as in Viet Nam\nconst a = 1"), [])
})
