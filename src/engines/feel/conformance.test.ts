// The engine's own conformance set: what DMN 1.5 says each expression gives.
import assert from "node:assert/strict"
import { test } from "node:test"
import { expected } from "./conformance.fixture.ts"
import { expectedToo } from "./conformance-more.fixture.ts"
import { basicTypes, compileText, FeelError, Frame, parseDateTime, Run, Scope, textOf } from "./index.ts"

const now = parseDateTime("2026-03-09T10:00:00+07:00")!

/** What an expression gives, as text. */
function given(text: string): string {
  const run = new Run(now)
  try {
    const code = compileText(text, new Scope(null), { types: (name) => basicTypes.get(name) ?? null })
    return textOf(code(new Frame([], null), run), run, true)
  } catch (error) {
    if (error instanceof FeelError) return error.message
    throw error
  }
}

for (const [family, lines] of Object.entries({ ...expected, ...expectedToo }))
  test(`${family} are as the standard has them`, () => {
    const cases = lines
      .trim()
      .split("\n")
      .map((line) => line.split(" ==> ") as [string, string])
    assert.ok(cases.length > 5)
    const wrong = cases.map(([text, wanted]) => [text, given(text), wanted]).filter(([, found, wanted]) => found !== wanted)
    assert.deepEqual(wrong, [])
  })

test("a pattern that looks back stays within the budget", () => {
  const text = `matches("${"a".repeat(60)}b", "^(a+)+\\1c$")`
  const before = process.cpuUsage()
  assert.match(given(text), /too-many-steps|too-slow/)
  const { user, system } = process.cpuUsage(before)
  assert.ok((user + system) / 1000 < 100)
})
