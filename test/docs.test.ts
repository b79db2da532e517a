// Keeps the papers true: what is, is written down; what is written down, is. And shows of each rule that it can fail.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import test from "node:test"
import { settings } from "#platform/config"
import { problems } from "#problems"
import { auditEvents } from "../src/modules/audit/events.ts"
import { openMetrics } from "../src/platform/http/metrics.ts"
import { en } from "../src/web/kit/problem-words.en.ts"
import { vi } from "../src/web/kit/problem-words.vi.ts"
import {
  commandFaults,
  commandsIn,
  decisionFaults,
  eventFaults,
  foreignFaults,
  linkFaults,
  metricFaults,
  metricsIn,
  namedFileFaults,
  type Paper,
  papers,
  problemFaults,
  scriptFaults,
  settingFaults,
  tableRows,
  variablesIn,
} from "./docs.ts"

const read = (path: string) => readFileSync(path, "utf8")
const texts = papers(/\.md$|^NOTICE$/)
const program = papers(/^src\/.*(?<!\.test)\.tsx?$/)
const proofs = papers(/^(?:test|bench)\/.*\.tsx?$|\.test\.tsx?$/)
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts)
const none = (faults: readonly string[]) => assert.deepEqual(faults, [])

test("every problem code is documented with its status and has words in Vietnamese and English", () =>
  none(problemFaults(read("docs/problems.md"), problems, { vi, en })))

test("every variable and option is documented, and none that is gone", () => {
  const options = [
    ...settings.flatMap((setting) => setting.option ?? []),
    ...["member", "name", "id", "line", "face", "lang", "anchor", "help"],
  ]
  none(settingFaults(read("docs/settings.md"), variablesIn(program), variablesIn(proofs), options))
})

test("every command is documented", () => none(commandFaults(read("docs/commands.md"), commandsIn(read("src/main.ts")))))

test("every audit event is documented with its details", () => none(eventFaults(read("docs/audit-events.md"), auditEvents)))

test("every measure is documented", async () => {
  const metrics = openMetrics([])
  const own = metricsIn(await metrics.text())
  metrics.close()
  const more = program.flatMap(({ text }) => [...text.matchAll(/name: "(motlan_[a-z_]+)"/g)].map((found) => found[1]!))
  none(metricFaults(read("docs/metrics.md"), [...own, ...more]))
})

test("every command that a paper tells to type exists", () => none(scriptFaults(texts, scripts)))
test("every relative link leads somewhere", () => none(linkFaults(texts)))
test("every file that a paper names is there", () => {
  // The web's own paper shows a page that nobody has written.
  none(namedFileFaults(texts.filter(({ path }) => path !== "src/web/README.md")))
})
test("decisions are numbered one by one and say context, decision and price", () =>
  none(decisionFaults(papers(/^docs\/decisions\/.*\.md$/))))
test("the product speaks of itself alone: no machine's path, no registry's host", () => {
  const all = papers(/\.(?:md|tsx?|mjs|sql|ya?ml|json|css|js)$|^(?:NOTICE|LICENSE|\.ci\/run)$/).filter(
    ({ path }) => path !== "package-lock.json",
  )
  none(foreignFaults(all.filter(({ path }) => path !== "test/docs.ts" && path !== "test/docs.test.ts")))
})

// The rules can fail.
const paper = (text: string, path = "docs/x.md"): Paper[] => [{ path, text }]
const words = { title: "x", text: "y" }
const problemTable = "| code | status |\n| --- | --- |\n| `gone` | 410 |\n| `kept` | 400 |\n"

const broken: Record<string, [faults: readonly string[], expected: readonly string[]]> = {
  "an undocumented problem code": [
    problemFaults(problemTable, { gone: 410, kept: 400, fresh: 422 }, {}),
    ["the problem fresh is not documented"],
  ],
  "a documented code that is gone": [problemFaults(problemTable, { kept: 400 }, {}), ["the problem gone is documented and gone"]],
  "a wrong status": [
    problemFaults(problemTable, { gone: 404, kept: 400 }, {}),
    ["the problem gone is documented with another status than 404"],
  ],
  "a code without words, and words without a code": [
    problemFaults(problemTable, { gone: 410, kept: 400 }, { vi: { gone: words, odd: words } }),
    ["the problem kept has no words in vi", "words in vi for odd, which is no problem"],
  ],
  "an undocumented variable": [
    settingFaults("`MOTLAN_OLD`", ["MOTLAN_OLD", "MOTLAN_NEW"], [], []),
    ["the variable MOTLAN_NEW is not documented"],
  ],
  "a variable that nothing reads": [
    settingFaults("`MOTLAN_OLD` `MOTLAN_TEST`", [], ["MOTLAN_TEST"], []),
    ["the variable MOTLAN_OLD is documented and gone"],
  ],
  "an undocumented option": [settingFaults("`--port N`", [], [], ["port", "depth"]), ["the option depth is not documented"]],
  "an undocumented command, and one that is gone": [
    commandFaults("| a | b |\n| --- | --- |\n| `motlan old` | |\n", ["new"]),
    ["the command new is not documented", "the command old is documented and gone"],
  ],
  "an undocumented event": [eventFaults("", { "case-lost": { details: [] } }), ["the event case-lost is not documented"]],
  "an event with other details": [
    eventFaults("| e | what | details |\n| --- | --- | --- |\n| `read` | x | `code` |\n", {
      read: { details: ["code", "step"] },
    }),
    ["the event read is documented with other details"],
  ],
  "an undocumented measure": [
    metricFaults("| name |\n| --- |\n| `up` |\n", metricsIn("# TYPE up gauge\nup 1\n# TYPE down gauge\n")),
    ["the measure down is not documented"],
  ],
  "a command that package.json has not": [
    scriptFaults(paper("`npm run fly` and `npm start`"), ["start"]),
    ["docs/x.md tells to run fly, which package.json has not"],
  ],
  "a link into the void": [
    linkFaults(paper("[a](../gone.md#x) [b](https://a.example) `[c](d)`"), () => false),
    ["docs/x.md leads to ../gone.md#x, which is not there"],
  ],
  "a named file that is not there": [
    namedFileFaults(paper("`test/gone.test.ts` `docs/*`"), () => false),
    ["docs/x.md names test/gone.test.ts, which is not there"],
  ],
  "a machine's path": [foreignFaults(paper("a\nsee /work/x/y")), ["docs/x.md:2 speaks of a machine: see /work/x/y"]],
  "a registry's host": [
    foreignFaults(paper("https://registry.npmjs.org/x")),
    ["docs/x.md:1 speaks of a machine: https://registry.npmjs.org/x"],
  ],
  "a gap between decisions": [
    decisionFaults(paper("# 2. X\n\nContext: a\n\nDecision: b\n\nPrice: c\n", "docs/decisions/0002-x.md")),
    ["the decisions are not numbered one by one: see 2"],
  ],
  "a decision without a price": [
    decisionFaults(paper("# 1. X\n\nContext: a\n\nDecision: b\n", "docs/decisions/0001-x.md")),
    ["docs/decisions/0001-x.md lacks its number, context, decision or price"],
  ],
}

for (const [what, [faults, expected]] of Object.entries(broken))
  test(`${what} is found`, () => assert.deepEqual(faults, expected))

test("a table is read by its rows, without head and ruler", () =>
  assert.deepEqual(tableRows("| a | b |\n| --- | :-: |\n| 1 | `x` |\n\ntext\n"), [["1", "`x`"]]))
