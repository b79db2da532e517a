// sources/*.yaml: read with every fault in its place and a mend in both languages; no secret is ever shown.
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { type Country, loadCountry } from "#country"
import { readSources, SourceFaults } from "#sources"

const SECRET = "hunter2-mật-khẩu"
const GOOD = `id: old-hospital
name: { vi: Phần mềm cũ, en: Old program }
answers: health/birth-statement
kind: mariadb
connection: { host: 127.0.0.1, database: benh_vien, user: motlan, password: { file: password } }
query: select * from giay where cccd = :number
columns:
  so: text
  Họ tên mẹ: text
  ngay: date
  noi: text
  gioi: number
fields:
  statementNumber: so
  motherName: Họ tên mẹ
  date: ngay
  place: noi
  sex: if gioi = 1 then "male" else "female"
`
let country: Country
let dir: string
before(() => {
  country = loadCountry(resolve(import.meta.dirname, "../../../countries/viet-nam"))
  dir = mkdtempSync(join(tmpdir(), "motlan-sources-"))
  mkdirSync(join(dir, "sources"))
  writeFileSync(join(dir, "sources", "password"), SECRET)
})
after(() => rmSync(dir, { recursive: true, force: true }))

const faultsOf = (text: string, isHere?: (agency: string) => boolean): string[] => {
  writeFileSync(join(dir, "sources", "old.yaml"), text)
  try {
    readSources(dir, country, isHere)
    return []
  } catch (error) {
    assert.ok(error instanceof SourceFaults, String(error))
    for (const { words, mend } of error.findings) {
      assert.ok(words.vi && words.en && mend.vi && mend.en)
      assert.doesNotMatch(Object.values({ ...words, ...mend }).join(), /\{\w+\}/)
    }
    assert.ok(!error.message.includes(SECRET), "a secret is not shown")
    return error.findings.map(({ file, line, code }) => `${file}:${line} ${code}`)
  }
}

test("a good declaration is read, and a site without the folder has no source", () => {
  assert.deepEqual(faultsOf(GOOD), [])
  assert.equal(readSources(dir, country).sources[0]?.declared.id, "old-hospital")
  assert.deepEqual(readSources(join(dir, "nowhere"), country).sources, [])
})

const mistakes: [what: string, from: string, to: string, ...found: string[]][] = [
  ["a kind that there is not", "kind: mariadb", "kind: oracle", "old.yaml:4 kind-unknown"],
  ["no kind", "kind: mariadb\n", "", "old.yaml:1 kind-unknown"],
  ["a key that is misspelt", "query:", "qeury:", "old.yaml:1 key-missing", "old.yaml:6 key-unknown-near"],
  ["a password in clear", "password: { file: password }", `password: "${SECRET}"`, "old.yaml:5 secret-in-clear"],
  ["a secret with two places", "{ file: password }", "{ file: password, env: PASSWORD_OF_OLD }", "old.yaml:5 secret-nowhere"],
  ["a secret that is not there", "{ file: password }", "{ env: PASSWORD_THAT_IS_NOWHERE }", "old.yaml:5 secret-missing"],
  ["a certificate that is not there", "host: 127.0.0.1,", "host: 127.0.0.1, ca: ca.pem,", "old.yaml:5 file-missing"],
  ["a record type that there is not", "health/birth-statement", "health/death", "old.yaml:3 record-unknown"],
  ["a field that there is not", "  place: noi", "  place: noi\n  colour: noi", "old.yaml:18 field-unknown"],
  ["a required field that is left out", "  place: noi\n", "", "old.yaml:14 field-missing"],
  ["a column that there is not", "motherName: Họ tên mẹ", "motherName: Họ tên cha", "old.yaml:15 expression-wrong"],
  ["a FEEL expression that is none", "if gioi = 1 then", "if gioi = then", "old.yaml:18 expression-wrong"],
  ["a number compared with a day", "if gioi = 1 then", "if ngay = 1 then", "old.yaml:18 expression-types"],
  ["a day mapped to a text", "place: noi", "place: ngay", "old.yaml:17 expression-types"],
  ["a text mapped to a day", "  date: ngay", "  date: noi", "old.yaml:16 expression-types"],
  ["a type that there is not", "ngay: date", "ngay: datum", "old.yaml:10 not-one-of"],
  ["a parameter that there is not", ":number", ":number and x = :cccd", "old.yaml:6 parameter-unknown"],
  ["a question about nobody", "where cccd = :number", "where d = :today", "old.yaml:6 number-unused"],
  ["a query that writes", "select * from giay where", "delete from giay where", "old.yaml:6 not-one-query"],
  ["two queries", ":number", ":number; select 1", "old.yaml:6 not-one-query"],
  ["an answer kept without leave", "fields:", "cache: { seconds: 60 }\nfields:", "old.yaml:13 cache-not-allowed"],
  ["a wait without end", "fields:", "limits: { waitMs: 60000 }\nfields:", "old.yaml:13 wrong-value"],
]
for (const [what, from, to, ...found] of mistakes)
  test(`${what} is told with file, line and mend`, () => {
    assert.ok(GOOD.includes(from))
    assert.deepEqual(faultsOf(GOOD.replace(from, to)), found)
  })

test("a header and an address in clear are found too, and are not shown", () => {
  const rest = (more: string) =>
    GOOD.replace("kind: mariadb", "kind: rest").replace(/connection:.*\nquery:.*\n/, `${more}\nparameters: { n: number }\n`)
  assert.deepEqual(faultsOf(rest("url: https://old.example/x")), [])
  assert.deepEqual(faultsOf(rest(`url: https://old.example/x\nheaders: { X-Key: ${SECRET} }`)), ["old.yaml:6 secret-in-clear"])
  assert.deepEqual(faultsOf(rest(`url: https://me:${SECRET}@old.example/x`)), ["old.yaml:5 secret-in-clear"])
  assert.deepEqual(faultsOf(rest("method: GET")), ["old.yaml:1 address-twice"])
})

test("a register whose owner works elsewhere, and two sources for one record type, are refused", () => {
  assert.deepEqual(
    faultsOf(GOOD, (agency) => agency !== "health"),
    ["old.yaml:3 owner-elsewhere"],
  )
  writeFileSync(join(dir, "sources", "second.yaml"), GOOD)
  assert.deepEqual(faultsOf(GOOD), ["second.yaml:1 named-twice", "second.yaml:3 named-twice"])
  rmSync(join(dir, "sources", "second.yaml"))
})
