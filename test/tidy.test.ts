// Keeps the house tidy, and shows of each rule that it can fail.
import assert from "node:assert/strict"
import test from "node:test"
import { modules } from "../src/map.ts"
import { mapFaults, rules, type SourceFile, sourceFiles } from "./tidy.ts"

const house = sourceFiles("src", "test", "bench")

for (const [name, rule] of Object.entries(rules)) test(name, () => assert.deepEqual(rule(house), []))
test("the map has no door that opens upwards", () => assert.deepEqual(mapFaults(modules), []))

const lines = (n: number) => "x()\n".repeat(n)
const broken: Record<keyof typeof rules, SourceFile> = {
  "every module folder is on the map": { path: "src/modules/cellar/dig.ts", text: "" },
  "a module opens only the doors that the map allows": {
    path: "src/modules/cases/peek.ts",
    text: `import { read } from "#registers"`,
  },
  "no relative import leaves its room": { path: "src/modules/cases/climb.ts", text: `import { x } from "../registers/store.ts"` },
  "a layer imports only from the layers below it": {
    path: "src/engines/form/reach.ts",
    text: `import { sql } from "#platform/db"`,
  },
  "a door is opened by its name": { path: "src/modules/cases/round.ts", text: `import { x } from "#platform/db/open.ts"` },
  "index.ts is a door and nothing else": { path: "src/web/portal/index.ts", text: "" },
  "a door names what it shows": { path: "src/modules/cases/index.ts", text: `export * from "./store.ts"` },
  "SQL stays at home": { path: "src/modules/cases/store.ts", text: "sql`select 1 from registers.record`" },
  "SQL of a module lives in its store.ts": { path: "src/modules/cases/open-case.ts", text: "sql`select 1`" },
  "no word that says nothing names a file": { path: "src/modules/cases/utils.ts", text: "" },
  "no module asks the wall for the time": { path: "src/modules/cases/late.ts", text: "new Date()" },
  "functions fit a screen": { path: "src/a.ts", text: `function long() {\n${lines(70)}}` },
  "files fit a sitting": { path: "src/b.ts", text: lines(401) },
}

for (const [name, file] of Object.entries(broken))
  test(`the rule "${name}" finds a house that breaks it`, () => assert.equal(rules[name]!([file]).length, 1))

test("a map with a door that opens upwards is found", () =>
  assert.deepEqual(mapFaults({ low: { floor: 2, opens: ["high"] }, high: { floor: 3, opens: [] } }), [
    "low opens high, which is not below it",
  ]))
