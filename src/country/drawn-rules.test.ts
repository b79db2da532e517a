// The certificate of marital status with its rules as DMN: read as the same tables, checked alike, and told where it is wrong.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { parse } from "yaml"
import { checkCountry, checkDefinition, dmnOfRules, faultsAmong, loadCountry, type RulesDefinition } from "./index.ts"

const CODE = "1.004873"
const DAY = "2026-03-09"
const pack = resolve(import.meta.dirname, "../../countries/viet-nam")
const read = (name: string) => readFileSync(join(pack, "services", CODE, `${name}.yaml`), "utf8")
const country = loadCountry(pack)
const tables = parse(read("rules")) as RulesDefinition
const FIELDS = ["person.number", "lived.elsewhere", "birth.weightGrams"]
const dmn = dmnOfRules(tables, FIELDS)

let copy: string
before(() => {
  copy = mkdtempSync(join(tmpdir(), "motlan-drawn-"))
  cpSync(pack, copy, { recursive: true })
})
after(() => rmSync(copy, { recursive: true }))

const names = ["service", "form", "process", "rules", "result", "tests", "words"] as const
const texts = Object.fromEntries(names.map((name) => [name, read(name)]))
const found = async (rules: string) => (await checkDefinition(country, CODE, { ...texts, rules }, DAY)).findings
const said = async (find: string | RegExp, put: string) => {
  assert.notEqual(dmn.replace(find, put), dmn, `nothing to change: ${find}`)
  return faultsAmong(await found(dmn.replace(find, put))).map(
    ({ code, file, line }) => `${code} ${file.split("/").at(-1)}:${line}`,
  )
}
const lineOf = (id: string) => dmn.slice(0, dmn.indexOf(`id="${id}"`)).split("\n").length

test("a folder with rules.dmn is as clean as one with rules.yaml, and its service is the same to the letter", async () => {
  const folder = join(copy, "services", CODE)
  writeFileSync(join(folder, "rules.dmn"), dmn)
  const twice = (await checkCountry(copy)).find(({ file }) => file === `services/${CODE}/rules.dmn`)
  assert.equal(twice?.code, "file-twice")
  rmSync(join(folder, "rules.yaml"))
  assert.deepEqual(await checkCountry(copy), [])
  assert.deepEqual(loadCountry(copy).services.get(CODE), country.services.get(CODE))
})

test("days of rules stand in a column of DMN and come back as days", async () => {
  const [first, ...others] = tables.tables[0]!.rules
  const dated = { tables: [{ ...tables.tables[0]!, rules: [{ ...first!, until: "2026-12-31" }, ...others] }] }
  const { service } = await checkDefinition(country, CODE, { ...texts, rules: dmnOfRules(dated, FIELDS) }, DAY)
  assert.deepEqual(service?.rules, dated)
})

test("what is wrong with a table is found in rules.dmn as it is in rules.yaml, at the line of its rule", async () => {
  assert.deepEqual(await found(dmn), [])
  const cell = 'not("single")'
  assert.deepEqual(await said(cell, "not(lonely)"), [`rule-name-unknown rules.dmn:${lineOf("not-single")}`])
  assert.deepEqual(await said(cell, ") 1"), [`rule-syntax rules.dmn:${lineOf("not-single")}`])
  assert.deepEqual(await said('<text>"clear"', '<text>"granted"'), [`rule-outcome rules.dmn:${lineOf("clear")}`])
  assert.deepEqual(await said("<inputEntry><text>false</text></inputEntry><inputEntry>", "<inputEntry>"), [
    `rule-width rules.dmn:${lineOf("under-age")}`,
  ])
})

test("what DMN can say and a case can't be decided by is told, and so is a rule without its reason", async () => {
  const table = lineOf("marital-status")
  assert.deepEqual(await said('hitPolicy="FIRST"', 'hitPolicy="COLLECT"'), [`rules-not-tables rules.dmn:${table}`])
  assert.deepEqual(
    await said(/<decisionTable[\s\S]*<\/decisionTable>/, "<literalExpression><text>1</text></literalExpression>"),
    [`rules-not-tables rules.dmn:${table}`],
  )
  assert.deepEqual(await said('<text>"examine"', "<text>examine"), [`rules-not-tables rules.dmn:${lineOf("recorded")}`])
  assert.deepEqual(await said(/(<rule id="clear">)<description>[^<]*<\/description>/, "$1"), [
    `key-missing rules.dmn:${lineOf("clear")}`,
  ])
  assert.deepEqual(await said(/(<rule id="clear"><description>)[^<]*/, "$1because: {{"), [
    `not-readable rules.dmn:${lineOf("clear")}`,
  ])
  assert.deepEqual(await said(/"en":"Deciding[^"]*"/, '"fr":"Décider"'), [`language-missing rules.dmn:${table}`])
})

test("a text that is no DMN, or brings a document type, is refused with words in both languages", async () => {
  for (const text of [dmn.replace("</definitions>", ""), dmn.replace("?>", '?><!DOCTYPE d [<!ENTITY l "lol">]>'), "<process/>"]) {
    const [finding, ...others] = await found(text)
    assert.deepEqual([finding?.code, finding?.file, others.length], ["rules-not-dmn", `services/${CODE}/rules.dmn`, 0])
    assert.match(finding!.words.vi!, /^Không đọc được tệp DMN: ./)
    assert.match(finding!.words.en!, /^The DMN can't be read: ./)
  }
})
