// The type check: what can't be right is told with its place, and nothing that could be.
import assert from "node:assert/strict"
import { test } from "node:test"
import { ANY, checkFeel, type FeelType, typeText } from "../index.ts"

const person: FeelType = { kind: "context-of", entries: new Map([["name", { kind: "string" }]]) }
const declared: Record<string, FeelType> = {
  "mother.birthDate": { kind: "date" },
  "mother.name": { kind: "string" },
  "Thu nhập hằng tháng": { kind: "number" },
  married: { kind: "boolean" },
  children: { kind: "list-of", of: person },
  chosen: { kind: "list-of", of: { kind: "string" } },
  today: { kind: "date" },
  born: { kind: "time" },
  stay: { kind: "range-of", of: { kind: "date" } },
  record: ANY,
}
const faultsOf = (text: string) =>
  checkFeel(text, declared).faults.map(({ problem, from, to, found, expected }) => [
    problem,
    text.slice(from, to),
    found,
    expected,
  ])

test("Lan's date of birth compared with a number is told, with its place and both types", () => {
  assert.deepEqual(faultsOf("mother.birthDate > 18"), [["compare", "18", "number", "date"]])
  assert.deepEqual(faultsOf('mother.birthDate = "2026-03-09"'), [["compare", '"2026-03-09"', "string", "date"]])
  const [fault] = checkFeel("mother.birthDate > 18", declared).faults
  assert.deepEqual([fault?.code, fault?.from, fault?.to], ["type-mismatch", 19, 21])
  assert.match(fault?.mend ?? "", /one type/)
})

const wrong: readonly (readonly [text: string, problem: string, near: string])[] = [
  ["Thu nhập hằng tháng + mother.name", "reckon", "mother.name"],
  ["married + 1", "reckon", "married"],
  ["today - born", "reckon", "born"],
  ["-mother.name", "reckon", "mother.name"],
  ["upper case(today)", "argument", "today"],
  ["substring(mother.name)", "arguments", "substring(mother.name)"],
  ["substring(text: mother.name, start position: 1)", "arguments", "substring(text: mother.name, start position: 1)"],
  ["contains(string: mother.name, match: 1)", "argument", "1"],
  ['contains(children.name, "a")', "argument", "children.name"],
  ["if mother.name then 1 else 2", "condition", "mother.name"],
  ["married and today", "condition", "today"],
  ["mother.name.year", "property", "mother.name.year"],
  ["today.hour", "property", "today.hour"],
  ['Thu nhập hằng tháng in ("a", > 5)', "compare", '"a"'],
  ["today in [1..5]", "compare", "[1..5]"],
  ["today between 1 and 2", "compare", "1"],
  ["children[name > 5]", "compare", "5"],
  ["children[name]", "condition", "name"],
  ["some c in children satisfies c.name < today", "compare", "today"],
  ["sum(for c in children return c.name + 1)", "reckon", "1"],
  ['@"2026-13-01"', "literal", '@"2026-13-01"'],
  ["[1..today]", "range", "today"],
  ["married(1)", "call", "married"],
  ["(function(x: number) x)(today)", "argument", "today"],
  ["today in stay and 3 in stay", "compare", "stay"],
  ["for i in married..3 return i", "range", "married"],
]
for (const [text, problem, near] of wrong)
  test(`refused: ${text}`, () => assert.deepEqual(faultsOf(text).map(([one, place]) => [one, place])[0], [problem, near]))

const right: readonly string[] = [
  'mother.birthDate + duration("P18Y") <= today',
  'mother.birthDate = null or mother.birthDate < @"2000-01-01"',
  "not(mother.name in [mother.name, record.name])",
  'record.anything > 5 and record.anything = "a"',
  'if Thu nhập hằng tháng < 8500000 then "poor" else null',
  'string join(for c in children return c.name, "; ")',
  'count(chosen) > 1 and list contains(chosen, "a")',
  '"a" in chosen',
  "min(1, 2) + max([3, 4]) + sum(5)",
  "years and months duration(mother.birthDate, today).years >= 18",
  'date and time(today, born) > @"2026-01-01T00:00:00"',
  '(today - mother.birthDate) / @"P1D" > 30',
  'children[1].name = "Minh" and children[name = "Minh"].name[1] = mother.name',
  "today in stay and stay.start.year = 2026",
  "for i in 1..3 return i * count(partial)",
  "{fac: function(n: number) if n < 2 then 1 else n * fac(n - 1), r: fac(5) + 1}.r > 1",
  'sort(chosen, function(a, b) a < b)[1] = "a"',
  "every x in [1, 2], y in [x..3] satisfies x <= y",
  'today in (null, > @"2026-01-01")',
  '(if married then 1 else "a") = "a"',
  "flatten([[1], [2]])[1] + 1",
  'get value({a: 1}, "a") + 1',
  "[] = chosen",
  'matches(mother.name, "^[A-Z]", null)',
]
for (const text of right) test(`let through: ${text}`, () => assert.deepEqual(faultsOf(text), []))

test("the type of the whole is told, and held to what is asked for", () => {
  const typeOf = (text: string) => typeText(checkFeel(text, declared).type)
  assert.equal(typeOf('mother.birthDate + @"P1D"'), "date")
  assert.equal(typeOf("for c in children return c.name"), "list<string>")
  assert.equal(typeOf('if married then 1 else "a"'), "number | string")
  assert.equal(typeOf("{a: 1, b: today}"), "context<a: number, b: date>")
  assert.equal(typeOf("chosen[1]"), "string")
  assert.equal(typeOf("record"), "Any")
  assert.equal(checkFeel("mother.name", declared, { result: { kind: "boolean" } }).faults[0]?.problem, "result")
  assert.deepEqual(checkFeel("> 5, 7", { "?": { kind: "number" } }, { dialect: "UnaryTests" }).faults, [])
  assert.equal(checkFeel("> today", { ...declared, "?": { kind: "number" } }, { dialect: "UnaryTests" }).faults.length, 1)
})
