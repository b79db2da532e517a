// What is published leaves as files and comes back as the same: into a country pack, as drawings, and as proof in a stranger's hands.
import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { after, before, test } from "node:test"
import { checkCountry, loadCountry } from "#country"
import { bpmnOfTable, type ProcessDefinition } from "#engines/process"
import type { Actor } from "#platform/db"
import { Problem } from "#platform/problem"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import {
  beginDraft,
  type ExportedDefinition,
  exportDefinition,
  getCheckedDraft,
  getHistory,
  proposeDraft,
  proposeRetirement,
  publishCountry,
  publishDraft,
  saveDraft,
  verifyDefinition,
} from "./index.ts"

const BIRTH = "1.001193"
const MARITAL = "1.004873"
const LAW = "Nghị định 15/2026/NĐ-CP"
const pack = resolve(import.meta.dirname, "../../../countries/viet-nam")
let cast: Cast
let ngan: Actor
let hue: Actor
let copy: string

before(async () => {
  cast = await openCast()
  ngan = await cast.official("ngan")
  hue = await cast.official("hue")
  copy = mkdtempSync(join(tmpdir(), "motlan-exported-"))
  cpSync(pack, copy, { recursive: true })
})
after(async () => {
  await cast?.close()
  rmSync(copy, { recursive: true, force: true })
})

const exported = (code: string, version = 1) => cast.tx(ngan, (tx) => exportDefinition(tx, code, version))
const namesOf = (files: ExportedDefinition["files"]) => files.map(({ name }) => name)
const textOf = (files: ExportedDefinition["files"], name: string) => files.find((file) => file.name === name)!.text

/** Puts files into the copy of the pack in place of those of a service. */
function put(code: string, files: ExportedDefinition["files"]): void {
  const folder = join(copy, "services", code)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const { name, text } of files) writeFileSync(join(folder, name), text)
}

/** What a site whose pack is the copy would publish. */
async function publishCopy() {
  const site = cast.site as { reference: unknown }
  const own = site.reference
  site.reference = loadCountry(copy)
  try {
    return await cast.tx(system, publishCountry)
  } finally {
    site.reference = own
  }
}

/** Ngân changes a text of the birth registration, Huệ publishes it. */
async function published(texts: (own: Readonly<Record<string, string>>) => object, validFrom = "2026-03-09"): Promise<void> {
  const id = await cast.tx(ngan, (tx) => beginDraft(tx, BIRTH, "a change of the law"))
  const { draft } = await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, id))
  const own = draft.texts as Readonly<Record<string, string>>
  const changed = { ...own, ...texts(own) }
  assert.deepEqual(await cast.tx(ngan, (tx) => saveDraft(tx, BIRTH, id, { revision: 1, texts: changed, why: "as it says" })), [])
  await cast.tx(ngan, (tx) => proposeDraft(tx, BIRTH, id, { validFrom, legalBasis: LAW }))
  cast.clock.move(60_000)
  await cast.tx(hue, (tx) => publishDraft(tx, BIRTH, id, 2))
}

test("every service leaves as files; a pack of these files has nothing against it and publishes nothing new", async () => {
  const codes = [...loadCountry(pack).services.keys()]
  for (const code of codes) put(code, (await exported(code)).files)
  assert.deepEqual(namesOf((await exported(MARITAL)).files), [
    ...["service.yaml", "form.yaml", "process.yaml", "rules.yaml", "result.yaml", "tests.yaml", "words.yaml"],
  ])
  assert.deepEqual(await checkCountry(copy), [])
  assert.deepEqual(await publishCopy(), { published: [], withdrawn: [], unchanged: codes.length })
})

test("process and tables leave as drawings too, and a pack of the drawings says the same", async () => {
  const { files, drawings } = await exported(MARITAL)
  assert.deepEqual(namesOf(drawings), ["process.bpmn", "rules.dmn"])
  put(MARITAL, [...files.filter(({ name }) => !/^(process|rules)\./.test(name)), ...drawings])
  assert.deepEqual(await checkCountry(copy), [])
  assert.deepEqual((await publishCopy()).published, [])
  put(MARITAL, files)
})

test("what two people published leaves as they wrote it: its drawing and its tests are kept, in the export and in the next draft", async () => {
  let bpmn = ""
  await published((own) => {
    bpmn = bpmnOfTable((loadCountry(pack).services.get(BIRTH)!.process ?? {}) as ProcessDefinition).replace(
      "<bpmn:process ",
      "<!-- drawn by Ngân -->\n  <bpmn:process ",
    )
    const tests = own.tests!.replace(/^( *vi: )Lan .*$/m, "$1Chuyện của Ngân")
    assert.notEqual(tests, own.tests)
    return { process: bpmn, tests, service: own.service!.replace("takesMinutes: 5", "takesMinutes: 6") }
  })
  const { files, drawings, version } = await exported(BIRTH, 2)
  assert.deepEqual([version.state, version.legalBasis], ["in-force", LAW])
  assert.equal(textOf(files, "process.bpmn"), bpmn)
  assert.match(textOf(files, "tests.yaml"), /Chuyện của Ngân/)
  assert.deepEqual(drawings, [])
  put(BIRTH, files)
  assert.deepEqual(await checkCountry(copy), [])
  assert.deepEqual((await publishCopy()).published, [])
  const next = await cast.tx(ngan, (tx) => beginDraft(tx, BIRTH, "once more"))
  assert.equal((await cast.tx(ngan, (tx) => getCheckedDraft(tx, BIRTH, next))).draft.texts.process, bpmn)
})

test("a version that is past or still to come leaves like one in force; a withdrawal has no files, and others may not ask", async () => {
  await published((own) => ({ service: own.service!.replace("takesMinutes: 6", "takesMinutes: 8") }), "2026-06-01")
  const states = await Promise.all([1, 2, 3].map(async (version) => (await exported(BIRTH, version)).version.state))
  assert.deepEqual(states, ["past", "in-force", "coming"])
  assert.match(textOf((await exported(BIRTH)).files, "service.yaml"), /takesMinutes: 5/)
  assert.match(textOf((await exported(BIRTH, 3)).files, "service.yaml"), /takesMinutes: 8/)
  const gone = "1.000894"
  const id = await cast.tx(ngan, (tx) =>
    proposeRetirement(tx, gone, { validFrom: "2026-03-09", legalBasis: LAW, why: "repealed" }),
  )
  await cast.tx(hue, (tx) => publishDraft(tx, gone, id, 1))
  assert.equal((await cast.tx(hue, (tx) => getHistory(tx, gone))).versions.length, 2)
  const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
  await assert.rejects(exported(gone, 2), refused("not-found"))
  await assert.rejects(exported(gone, 9), refused("not-found"))
  const binh = await cast.official("binh")
  await assert.rejects(
    cast.tx(binh, (tx) => exportDefinition(tx, gone, 1)),
    refused("not-allowed"),
  )
})

test("whoever has the files and the site's key can tell what was signed, and that not one byte is another", async () => {
  const { proof, version } = await exported(BIRTH, 2)
  const [definition, jws] = [textOf(proof, "definition.json"), textOf(proof, "signature.jws")]
  const key = JSON.parse(textOf(proof, "key.jwk")) as { d?: string; kid: string }
  assert.equal(key.d, undefined, "the private half stays at home")
  const held = await verifyDefinition(definition, `${jws}\n`, key)
  assert.deepEqual(held, {
    thumbprint: key.kid,
    claim: {
      ...{ code: BIRTH, hash: version.service.hash, version: 2, kind: "published" },
      ...{ validFrom: "2026-03-09", legalBasis: LAW },
    },
  })
  assert.deepEqual(await verifyDefinition(definition.replace('"takesMinutes":6', '"takesMinutes":7'), jws, key), {
    failed: "content",
  })
  const { signature } = (await exported(BIRTH, 3)).version.service
  assert.deepEqual(await verifyDefinition(definition, signature, key), { failed: "content" })
  const [head, , sealed] = jws.split(".")
  assert.deepEqual(await verifyDefinition(definition, `${head}.${signature.split(".")[1]}.${sealed}`, key), {
    failed: "signature",
  })
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" })
  assert.deepEqual(await verifyDefinition(definition, jws, { ...stranger, kid: key.kid }), { failed: "key" })
  for (const nothing of ["", "a.b.c", `${jws}.x`])
    assert.deepEqual(await verifyDefinition(definition, nothing, key), { failed: "signature" })
})
