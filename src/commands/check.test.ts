// `motlan check` reads the sources of the site too, once their pack is good.
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { after, test } from "node:test"
import { readConfig } from "#platform/config"
import { check } from "./check.ts"

const PACK = resolve(import.meta.dirname, "../../countries/viet-nam")
const data = mkdtempSync(join(tmpdir(), "motlan-check-"))
mkdirSync(join(data, "sources"))
after(() => rmSync(data, { recursive: true, force: true }))

const GOOD = `id: old-hospital
name: { vi: Phần mềm cũ, en: Old program }
answers: health/birth-statement
kind: mariadb
connection: { host: 127.0.0.1, database: benh_vien, user: motlan, password: { file: password } }
query: select * from giay where cccd = :number
columns: { so: text, ten: text, ngay: date, noi: text, gioi: text }
fields:
  statementNumber: so
  motherName: ten
  date: ngay
  place: noi
  sex: gioi
`

/** The exit code, and what is printed of the sources. */
async function checked(text: string): Promise<[number, string[]]> {
  writeFileSync(join(data, "sources", "old.yaml"), text)
  const { log } = console
  const printed: string[] = []
  console.log = (line: string) => printed.push(line)
  try {
    const code = await check(readConfig({ data, country: PACK }, {}), undefined, "en")
    return [code, printed.filter((line) => line.includes("sources"))]
  } finally {
    console.log = log
  }
}

test("a good source is told of; without its secret, with a wrong type or an unknown parameter it is found with its line", async () => {
  writeFileSync(join(data, "sources", "password"), "x")
  assert.deepEqual(await checked(GOOD), [0, [`${join(data, "sources")}: nothing wrong`]])
  rmSync(join(data, "sources", "password"))
  const [code, lines] = await checked(GOOD.replace("place: noi", "place: ngay").replace(":number", ":cccd"))
  assert.equal(code, 1)
  assert.deepEqual(
    lines.map((line) => line.split(": ")[0]),
    [
      "sources/old.yaml:12:10 expression-types",
      "sources/old.yaml:5:77 secret-missing",
      "sources/old.yaml:6:8 parameter-unknown",
      "sources/old.yaml:6:8 number-unused",
      "sources",
    ],
  )
})
