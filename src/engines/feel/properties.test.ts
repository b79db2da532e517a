// Random expressions: never a crash, and what is printed parses to the same.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type Ast, compileFeel, FeelError, parserFor, printFeel } from "./index.ts"

const operators = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"] as const
const calls = [
  "abs",
  "count",
  "sum",
  "string",
  "number",
  "not",
  "date",
  "flatten",
  "min",
  "reverse",
  "upper case",
  "mode",
  "is",
] as const

const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -1000, max: 1000 }).map((n) => (n < 0 ? `(${n})` : String(n))),
    fc.constantFrom("1.5", "0.001", "true", "false", "null", "a", "Thu nhập hằng tháng", "items"),
    fc.constantFrom(
      '"x"',
      '"a\\"b"',
      '@"2026-03-09"',
      '@"PT36H"',
      '@"P1Y2M"',
      '@"10:00:00Z"',
      '@"2026-02-28T23:59:59@Asia/Ho_Chi_Minh"',
    ),
  ),
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.tuple(tie("expression"), fc.constantFrom(...operators), tie("expression")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("leaf"), fc.constantFrom("+", "-", "*", "/"), tie("leaf")).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(fc.constantFrom(...calls), tie("expression")).map(([name, arg]) => `${name}(${arg})`),
    fc.array(tie("expression"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `{x: ${a}, "y z": ${b}}`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `[${a}][${b}]`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([a, b, c]) => `if ${a} then ${b} else ${c}`)
      .map((text) => `(${text})`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(for i in [${a}] return ${b})`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(some i in [${a}] satisfies ${b})`),
    fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([a, b, c]) => `(${a} in (${b}, > ${c}))`),
    fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([a, b, c]) => `((${a}) between ${b} and ${c})`),
    tie("expression")
      .map((a) => `(${a}) instance of list<number>`)
      .map((text) => `(${text})`),
    tie("expression").map((a) => `(function(p: number) ${a})(1)`),
    tie("expression").map((a) => `-(${a})`),
    tie("expression").map((a) => `(${a}).x`),
  ),
}))

const names = ["a", "Thu nhập hằng tháng", "items"]
const shape = { a: {}, "Thu nhập hằng tháng": {}, items: {} }

/** A tree without its places. */
const bare = (node: Ast): unknown =>
  JSON.parse(
    JSON.stringify(node, (key, value: unknown) =>
      key === "from" || (key === "to" && typeof value === "number") ? undefined : value,
    ),
  )

test("random expressions never crash: they give a value, or a problem that is named", () => {
  fc.assert(
    fc.property(expression, fc.anything({ maxDepth: 2 }), (text, value) => {
      try {
        compileFeel(text, names).evaluate({ a: value, "Thu nhập hằng tháng": 8_500_000, items: [1, 2, 3] })
      } catch (error) {
        assert.ok(error instanceof FeelError, String(error))
      }
    }),
    { numRuns: 1500 },
  )
})

test("what is printed parses to the same tree", () => {
  fc.assert(
    fc.property(expression, (text) => {
      const parser = parserFor(shape, { length: 100_000, tree: 10_000, depth: 500 })
      const node = parser.parse(text)
      const printed = printFeel(node)
      assert.deepEqual(bare(parser.parse(printed)), bare(node), `${text} was printed as ${printed}`)
    }),
    { numRuns: 500 },
  )
})
