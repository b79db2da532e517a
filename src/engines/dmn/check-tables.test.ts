// Gaps and overlaps of decision tables, told at publication with an example and the rules.
import assert from "node:assert/strict"
import { test } from "node:test"
import { checkTables, compileModel, readDmn } from "./index.ts"

interface Sample {
  readonly policy?: string
  readonly columns: readonly (readonly [name: string, type: string, values?: string])[]
  readonly rules: readonly (readonly string[])[]
  readonly otherwise?: string
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
const text = (tag: string, inside: string) => `<${tag}><text>${escaped(inside)}</text></${tag}>`

/** The warnings of a table whose rules are their cells, the output last. */
function warningsOf({ policy = "UNIQUE", columns, rules, otherwise }: Sample) {
  const inputs = columns.map(
    ([name, type, values]) =>
      `<input label="${name}"><inputExpression typeRef="${type}"><text>${name}</text></inputExpression>${values ? text("inputValues", values) : ""}</input>`,
  )
  const rows = rules.map(
    (cells, index) =>
      `<rule id="r${index + 1}">${cells.map((cell, at) => text(at < columns.length ? "inputEntry" : "outputEntry", cell)).join("")}</rule>`,
  )
  const output = `<output>${otherwise ? text("defaultOutputEntry", otherwise) : ""}</output>`
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
    <itemDefinition name="household"><typeRef>string</typeRef>${text("allowedValues", '"poor", "near poor", "other"')}</itemDefinition>
    <decision id="fee" name="fee"><variable name="fee"/><decisionTable hitPolicy="${policy}">${inputs.join("")}${output}${rows.join("")}</decisionTable></decision>
  </definitions>`
  return checkTables(compileModel(readDmn(xml)))
}
const told = (sample: Sample) => warningsOf(sample).map(({ code, rules, words }) => [code, rules.join(" "), words.en])

test("an age that no rule covers is told in words, and one that is covered by halves of an interval is not", () => {
  const rules = [
    ["< 18", "0"],
    ["[18..60)", "10"],
    ["> 60", "5"],
  ]
  const sample = { columns: [["tuổi", "number"]], rules } as const
  assert.deepEqual(told(sample), [["gap", "", "No rule holds when “tuổi” is 60"]])
  assert.equal(warningsOf(sample)[0]?.words.vi, "Không quy tắc nào áp dụng khi “tuổi” là 60")
  assert.deepEqual(told({ ...sample, rules: [...rules, ["60", "7"]] }), [])
  assert.deepEqual(told({ ...sample, otherwise: "0" }), [])
  assert.deepEqual(
    told({
      ...sample,
      rules: [
        ["not(< 18)", "1"],
        ["? < 18", "2"],
      ],
    }),
    [],
  )
})

test("two rules that hold at once are named with an example", () => {
  const columns = [
    ["ngày", "number"],
    ["hộ", "household"],
  ] as const
  const rules = [
    ["<= 60", '"poor"', "0"],
    ["-", 'not("poor")', "1"],
    [">= 60", "-", "2"],
    ["< 60", '"poor"', "0"],
  ]
  assert.deepEqual(
    told({ columns, rules }).filter(([code]) => code === "overlap"),
    [
      ["overlap", "r1 r4", 'Rules 1 and 4 both hold when “ngày” below 60, “hộ” is "poor"'],
      ["overlap", "r2 r3", 'Rules 2 and 3 both hold when “ngày” is 60, “hộ” is "near poor"'],
      ["overlap", "r1 r3", 'Rules 1 and 3 both hold when “ngày” is 60, “hộ” is "poor"'],
    ],
  )
  // Rules 1 and 4 give the same, which ANY allows.
  assert.deepEqual(
    told({ policy: "ANY", columns, rules }).map(([, ids]) => ids),
    ["r2 r3", "r1 r3"],
  )
  assert.deepEqual(
    told({ policy: "FIRST", columns, rules }).map(([code, ids]) => `${code} ${ids}`),
    ["masked r4"],
  )
  assert.deepEqual(told({ policy: "COLLECT", columns, rules }), [])
})

test("dates, truth values and texts have their own ends", () => {
  const dates = [
    ['< @"2026-01-01"', "1"],
    ['@"2026-01-01"', "2"],
    ['> date("2026-01-02")', "3"],
  ]
  assert.deepEqual(told({ columns: [["ngày", "date"]], rules: dates }), [["gap", "", "No rule holds when “ngày” is 2026-01-02"]])
  // Between a day and the next there is none.
  assert.deepEqual(told({ columns: [["ngày", "date"]], rules: [...dates, ['@"2026-01-02"', "4"]] }), [])
  assert.deepEqual(told({ columns: [["kết hôn", "boolean"]], rules: [["true", "1"]] }), [
    ["gap", "", "No rule holds when “kết hôn” is false"],
  ])
  assert.deepEqual(
    told({
      columns: [["mã", "string"]],
      rules: [
        ['"a"', "1"],
        ['"b"', "2"],
      ],
    }),
    [["gap", "", "No rule holds when “mã” is any other value"]],
  )
  assert.deepEqual(
    told({
      columns: [["mã", "string", '"a", "b"']],
      rules: [
        ['"a"', "1"],
        ['"b"', "2"],
      ],
    }),
    [],
  )
  assert.deepEqual(
    told({
      columns: [["điểm", "number", "[0..10]"]],
      rules: [
        ["< 5", "1"],
        [">= 5", "2"],
      ],
    }),
    [],
  )
  assert.deepEqual(
    told({
      columns: [["điểm", "number", "[0..10]"]],
      rules: [
        ["[1..5)", "1"],
        [">= 5", "2"],
      ],
    }),
    [
      ["gap", "", "No rule holds when “điểm” is 0"],
      ["gap", "", "No rule holds when “điểm” above 0 and below 1"],
    ],
  )
})

test("a column that reads other values is said to be undecided, and makes no false alarm", () => {
  const rules = [
    ["< limit", "1"],
    [">= limit", "2"],
  ]
  assert.deepEqual(told({ columns: [["x", "number"]], rules }), [
    ["undecided", "r1 r2", "The column “x” has cells that can't be told beforehand"],
  ])
})

test("a table of fifty rows and six columns is looked at within a second", () => {
  const columns = ["a", "b", "c", "d", "e", "f"].map((name) => [name, "number"] as const)
  const rules = Array.from({ length: 50 }, (_, i) => [
    ...columns.map((_, c) => (c === 0 ? `[${i}..${i + 1})` : `> ${(i * 7 + c) % 50}`)),
    "1",
  ])
  const before = process.cpuUsage()
  const found = warningsOf({ columns, rules })
  assert.ok(found.some(({ code }) => code === "gap"))
  const { user, system } = process.cpuUsage(before)
  assert.ok((user + system) / 1e6 < 1)
})
