// A published version at the desk, over HTTP: Ngân looks at it, takes its files one by one and all at once; others may not.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { strFromU8, unzipSync } from "fflate"
import { getService } from "#catalogue"
import { system } from "../../../../test/cast.ts"
import { type DefinitionPages, LIST, openDefinitionPages } from "../../../../test/definition-pages.ts"

const MARITAL = "1.004873"
const FIRST = `${LIST}/${MARITAL}/versions/1`
let pages: DefinitionPages

before(async () => {
  pages = await openDefinitionPages()
})
after(() => pages?.close())

const at = (login: string) => pages.at(login)

test("the page of a version is reached from its service and names every file, in Vietnamese and English", async () => {
  const of = await at("ngan")
  assert.match((await of.go(`${LIST}/${MARITAL}`)).body, new RegExp(`href="${FIRST}"`))
  const { body, status } = await of.go(FIRST)
  assert.equal(status, 200)
  assert.match(body, /Các tệp của phiên bản này/)
  const { hash } = await pages.cast.tx(system, (tx) => getService(tx, MARITAL))
  assert.match(body, new RegExp(hash))
  const linked = [...body.matchAll(new RegExp(`href="${FIRST}/files/([^"]+)"`, "g"))].map(([, name]) => name)
  const yaml = ["service", "form", "process", "rules", "result", "tests", "words"].map((name) => `${name}.yaml`)
  const rest = [`${MARITAL}-v1.zip`, "process.bpmn", "rules.dmn", "definition.json", "signature.jws", "key.jwk"]
  assert.deepEqual(linked, [...yaml, ...rest])
  for (const name of linked) {
    const file = await of.go(`${FIRST}/files/${name}`)
    assert.equal(file.status, 200, name)
    assert.match(String(file.headers["content-disposition"]), new RegExp(`^attachment; filename="${name}"`))
  }
  assert.match((await of.go(`${FIRST}?lang=en`)).body, /Files of this version/)
})

test("the archive is laid out as a country pack and holds what the single files hold", async () => {
  const of = await at("hue")
  const cookie = [...of.cookies].map(([name, { value }]) => `${name}=${value}`).join("; ")
  const headers = { host: new URL(pages.cast.site.origin).host, cookie }
  const answer = await pages.web.inject({ method: "GET", url: `${FIRST}/files/${MARITAL}-v1.zip`, headers })
  assert.equal(answer.headers["content-type"], "application/zip")
  const entries = unzipSync(answer.rawPayload)
  assert.equal(Object.keys(entries).length, 7)
  for (const [path, content] of Object.entries(entries)) {
    const name = path.slice(`services/${MARITAL}/`.length)
    assert.equal(path, `services/${MARITAL}/${name}`)
    assert.equal(strFromU8(content), (await of.go(`${FIRST}/files/${name}`)).body)
  }
})

test("what isn't there is not found, and who doesn't keep the catalogue is refused", async () => {
  const of = await at("ngan")
  const gone = [`${LIST}/${MARITAL}/versions/2`, `${LIST}/${MARITAL}/versions/01`, `${LIST}/9.9/versions/1`]
  for (const url of [...gone, `${FIRST}/files/people.yaml`, `${FIRST}/files/constructor`])
    assert.equal((await of.go(url)).status, 404, url)
  const binh = await at("binh")
  for (const url of [FIRST, `${FIRST}/files/service.yaml`, `${FIRST}/files/key.jwk`])
    assert.equal((await binh.go(url)).status, 403)
})
