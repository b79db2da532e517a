// Papers from issue to verification, and files from draft to case, with everybody who may and may not.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Actor, sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import { signingIdentity } from "./agency-certificate.ts"
import { signDetached } from "./cms.ts"
import type { IssueInput } from "./document.ts"
import { drawPaper } from "./draw-paper.ts"
import {
  handOverUploads,
  issueDocument,
  listCaseDocuments,
  listCaseUploads,
  listDocuments,
  listUploads,
  openDocument,
  openUpload,
  removeUpload,
  revokeDocument,
  storeUpload,
  verifyByCode,
  verifyDocument,
} from "./index.ts"
import { certificate, looked, without } from "./paper.fixture.ts"
import { signPdf } from "./pdf-signature.ts"
import { jpeg, pdf, streamed } from "./upload.fixture.ts"
import { uploadTypes } from "./upload.ts"

let world: World
let lan: Actor & { kind: "person" }
let hoa: Actor & { kind: "person" }
const anyone: Actor = { kind: "public" }
const officialOf = (agency: string, role: string): Actor => ({
  kind: "official",
  accountId: "0195790a-0000-7000-8000-00000000000a",
  subject: "0195790a-0000-7000-8000-00000000000b",
  name: "Trần Văn Đức",
  agency,
  positions: [{ id: "p", unit: "u", roles: [role] }],
})
const leader = officialOf("ben-thanh", "leader")
const caseId = "0195790a-0000-7000-8000-0000000000c1"
const draftId = "0195790a-0000-7000-8000-0000000000d1"

before(async () => {
  world = await openWorld({ country: false })
  const person = (name: string, number: string) => {
    const subject = world.site.keys.subjectOf(number)
    return { kind: "person", accountId: subject, subject, name } as const
  }
  lan = person("Lan", "900190000001")
  hoa = person("Hoa", "900190000002")
})
after(() => world?.close())

const wanted = (): IssueInput => ({
  agency: "ben-thanh",
  agencyName: "Ủy ban nhân dân phường Bến Thành",
  subject: lan.subject,
  caseId,
  kind: "result",
  template: certificate,
  lang: "vi",
  sign: true,
})
const issue = (over: Partial<IssueInput> = {}) => world.tx(leader, (tx) => issueDocument(tx, { ...wanted(), ...over }))
const verify = (bytes: Uint8Array) => world.tx(anyone, (tx) => verifyDocument(tx, bytes))
const is = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test("the birth certificate of Lan's child is genuine for anyone who holds its bytes, with the whole name", async () => {
  const issued = await issue()
  assert.match(issued.verifyCode, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  const bytes = await world.site.files.read(issued.sha256)
  assert.equal(bytes.length, issued.bytes)
  const seen = await verify(bytes)
  assert.equal(seen.standing, "genuine")
  assert.deepEqual(seen.paper, {
    kind: "result",
    title: "GIẤY KHAI SINH",
    number: "Số: 12/2026",
    agencyName: "Ủy ban nhân dân phường Bến Thành",
    date: "2026-03-09",
    holder: "Nguyễn Thị Bưởi",
    verifyCode: issued.verifyCode,
    signed: true,
  })
  assert.equal(seen.signature?.standing, "valid")
  assert.equal(seen.signature?.signer, "Ủy ban nhân dân phường Bến Thành")
  assert.deepEqual(seen.signature?.at, new Date("2026-03-09T03:00:00Z"))
})

test("pdfsig agrees on the issued file", { skip: without("pdfsig") }, async () => {
  const { sha256 } = await issue()
  assert.match(looked("pdfsig", await world.site.files.read(sha256)), /Total document signed[\s\S]*Signature is Valid/)
})

test("by its code alone a paper is confirmed with only the first letters of the name", async () => {
  const { verifyCode } = await issue()
  const typed = ` ${verifyCode.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `
  const seen = await world.tx(anyone, (tx) => verifyByCode(tx, typed))
  assert.equal(seen.standing, "genuine")
  assert.equal(seen.paper?.holder, "N••• T••• B•••")
  assert.equal(seen.signature, undefined)
  for (const code of ["", "abc", "0000-0000-0000-0000", "x".repeat(10_000), "'; drop table", "%00"]) {
    assert.deepEqual(await world.tx(anyone, (tx) => verifyByCode(tx, code)), { standing: "unknown" })
  }
})

test("one changed byte anywhere makes a paper altered", async () => {
  const bytes = await world.site.files.read((await issue()).sha256)
  for (const part of [0.01, 0.3, 0.5, 0.8, 0.97]) {
    const bent = Buffer.from(bytes)
    const at = Math.floor(bytes.length * part)
    bent[at] = bent[at]! ^ 0x04
    const seen = await verify(bent)
    assert.equal(seen.standing, "altered", `at ${part}`)
    assert.notEqual(seen.signature?.standing, "valid", `at ${part}`)
    assert.equal(seen.paper?.holder, "N••• T••• B•••")
  }
})

test("a paper with an update appended behind its signature is altered, and the signature is called partial", async () => {
  const bytes = await world.site.files.read((await issue()).sha256)
  const update =
    "\n99 0 obj\n<< /Type /Page >>\nendobj\nxref\n99 1\n0000000000 00000 n \ntrailer\n<< /Size 100 >>\nstartxref\n9\n%%EOF\n"
  const seen = await verify(Buffer.concat([bytes, Buffer.from(update)]))
  assert.equal(seen.standing, "altered")
  assert.equal(seen.signature?.standing, "partial")
})

test("a copy signed with a certificate from elsewhere is altered, and the signature is called foreign", async () => {
  const { verifyCode } = await issue()
  const elsewhere = await openWorld({ country: false })
  try {
    const address = `http://127.0.0.1:8080/verify/${verifyCode}`
    const { agencyName, lang } = wanted()
    const issuedAt = new Date("2026-03-09T03:00:00Z")
    const drawn = await drawPaper({ template: certificate, agencyName, lang, issuedAt, verifyCode, address, sign: true })
    const identity = await signingIdentity(elsewhere.site, issuedAt, "ben-thanh", agencyName)
    const forged = signPdf(drawn, (covered) => signDetached(covered, identity))
    const seen = await verify(forged)
    assert.equal(seen.standing, "altered")
    assert.equal(seen.signature?.standing, "foreign")
    const there = await elsewhere.tx(anyone, (tx) => verifyDocument(tx, forged))
    assert.equal(there.standing, "unknown", "sound there, but never issued")
    assert.equal(there.signature?.standing, "valid")
  } finally {
    await elsewhere.close()
  }
})

test("what was never issued here is unknown, whatever it is", async () => {
  for (const bytes of [pdf(), Buffer.alloc(0), jpeg, Buffer.from("%PDF-"), Buffer.alloc(11_000_000, "%PDF-")]) {
    assert.equal((await verify(bytes)).standing, "unknown")
  }
})

test("a revoked paper says so, by code and by its bytes; revoking twice changes nothing", async () => {
  const { id, sha256, verifyCode } = await issue()
  await assert.rejects(
    world.tx(leader, (tx) => revokeDocument(tx, id, "  ")),
    is("reason-missing"),
  )
  await world.tx(leader, (tx) => revokeDocument(tx, id, "Sai ngày sinh"))
  world.clock.move(3_600_000)
  await world.tx(leader, (tx) => revokeDocument(tx, id, "khác"))
  world.clock.move(-3_600_000)
  const bytes = await world.site.files.read(sha256)
  for (const seen of [await verify(bytes), await world.tx(anyone, (tx) => verifyByCode(tx, verifyCode))]) {
    assert.equal(seen.standing, "revoked")
    assert.deepEqual(seen.paper?.revokedAt, new Date("2026-03-09T03:00:00Z"))
    assert.equal(seen.paper?.holder, "N••• T••• B•••")
  }
})

test("Lan and her commune open her paper; Hoa, another commune, the public and the technical administrator can't", async () => {
  const { id, sha256, bytes } = await issue()
  for (const actor of [lan, leader]) {
    const opened = await world.tx(actor, (tx) => openDocument(tx, id))
    assert.equal(opened.sha256, sha256)
    assert.equal(opened.headers["x-content-type-options"], "nosniff")
    assert.match(opened.headers["content-disposition"]!, /^attachment; filename="GIAY KHAI SINH.pdf"; filename\*=UTF-8''GI%E1/)
    let length = 0
    for await (const part of opened.stream) length += (part as Buffer).length
    assert.equal(length, bytes)
  }
  const others = [hoa, anyone, officialOf("da-kao", "leader"), officialOf("ben-thanh", "tech-admin")]
  for (const actor of others) {
    await assert.rejects(
      world.tx(actor, (tx) => openDocument(tx, id)),
      is("not-found"),
    )
    assert.deepEqual(await world.tx(actor, (tx) => listDocuments(tx, lan.subject)), [])
    assert.deepEqual(await world.tx(actor, (tx) => listCaseDocuments(tx, caseId)), [])
    await assert.rejects(
      world.tx(actor, (tx) => revokeDocument(tx, id, "x")),
      is("not-found"),
    )
  }
  await assert.rejects(
    world.tx(lan, (tx) => revokeDocument(tx, id, "x")),
    is("not-allowed"),
  )
  await assert.rejects(
    world.tx(lan, (tx) => openDocument(tx, "../../etc/passwd")),
    is("not-found"),
  )
  assert.ok((await world.tx(lan, (tx) => listDocuments(tx, lan.subject))).some((listed) => listed.id === id))
  assert.ok((await world.tx(leader, (tx) => listCaseDocuments(tx, caseId))).some((listed) => listed.id === id))
})

test("having verified a code opens nothing else in the same deed", async () => {
  const { id, verifyCode } = await issue()
  await world.tx(anyone, async (tx) => {
    await verifyByCode(tx, verifyCode)
    await assert.rejects(openDocument(tx, id), is("not-found"))
  })
})

test("a person may issue the own receipt and nothing else; an official nothing for another agency", async () => {
  const receipt = { ...wanted(), kind: "receipt" } as const
  await world.tx(lan, (tx) => issueDocument(tx, receipt))
  await assert.rejects(world.tx(lan, (tx) => issueDocument(tx, wanted())))
  await assert.rejects(world.tx(hoa, (tx) => issueDocument(tx, receipt)))
  await assert.rejects(world.tx(officialOf("da-kao", "leader"), (tx) => issueDocument(tx, wanted())))
  await assert.rejects(world.tx(anyone, (tx) => issueDocument(tx, receipt)))
})

test("an issued paper can't be changed or removed by the application", async () => {
  const { id } = await issue()
  for (const statement of [
    sql`update documents.document set holder = 'x' where id = ${id}`,
    sql`delete from documents.document where id = ${id}`,
    sql`delete from documents.revocation`,
  ]) {
    await assert.rejects(
      world.tx({ kind: "system", name: "test" }, (tx) => tx.run(statement)),
      /permission denied/,
    )
  }
})

test("an unsigned paper is genuine by its bytes", async () => {
  const { sha256 } = await issue({ sign: false, kind: "refusal" })
  const seen = await verify(await world.site.files.read(sha256))
  assert.equal(seen.standing, "genuine")
  assert.equal(seen.paper?.signed, false)
  assert.equal(seen.signature?.standing, "none")
})

const upload = (actor: Actor, owner: string) =>
  world.tx(actor, (tx) =>
    storeUpload(tx, {
      owner,
      draftId,
      field: "mother.photo",
      stream: streamed(jpeg),
      name: "anh me.jpg",
      declaredType: "image/jpeg",
      bytesMax: 10_000_000,
      types: uploadTypes,
    }),
  )

test("Lan's upload is hers alone until she submits, then also her commune's; then it can't be taken out", async () => {
  const receipt = await upload(lan, lan.subject)
  const { id } = receipt
  await assert.rejects(upload(hoa, lan.subject))
  assert.deepEqual(await world.tx(lan, (tx) => listUploads(tx, draftId)), [receipt])
  for (const actor of [hoa, leader, anyone]) {
    await assert.rejects(
      world.tx(actor, (tx) => openUpload(tx, id)),
      is("not-found"),
    )
    await assert.rejects(
      world.tx(actor, (tx) => removeUpload(tx, id)),
      is("not-found"),
    )
  }
  const second = await upload(lan, lan.subject)
  await world.tx(lan, (tx) => removeUpload(tx, second.id))
  assert.equal(await world.tx(hoa, (tx) => handOverUploads(tx, { draftId, caseId, agency: "da-kao" })), 0)
  assert.equal(await world.tx(lan, (tx) => handOverUploads(tx, { draftId, caseId, agency: "ben-thanh" })), 1)
  assert.equal(await world.tx(lan, (tx) => handOverUploads(tx, { draftId, caseId, agency: "da-kao" })), 0)
  assert.deepEqual(await world.tx(leader, (tx) => listCaseUploads(tx, caseId)), [receipt])
  assert.deepEqual(await world.tx(officialOf("da-kao", "leader"), (tx) => listCaseUploads(tx, caseId)), [])
  const opened = await world.tx(leader, (tx) => openUpload(tx, id))
  assert.equal(opened.name, "anh me.jpg")
  assert.match(opened.headers["content-disposition"]!, /^attachment/)
  assert.match(opened.headers["content-security-policy"]!, /sandbox/)
  opened.stream.destroy()
  await assert.rejects(
    world.tx(lan, (tx) => removeUpload(tx, id)),
    is("not-found"),
  )
  await assert.rejects(
    world.tx(officialOf("ben-thanh", "tech-admin"), (tx) => openUpload(tx, id)),
    is("not-found"),
  )
})

test("each issue, signature, open and revocation stands in the book of the agency", async () => {
  const { id } = await issue()
  await world.tx(lan, (tx) => openDocument(tx, id)).then(({ stream }) => stream.destroy())
  await world.tx(leader, (tx) => revokeDocument(tx, id, "Sai"))
  const rows = await world.migrator.rows<{ event: string }>(
    sql`select event from audit.entry where agency = 'ben-thanh' and details->>'document' = ${id}`,
  )
  const events = rows.map(({ event }) => event).sort()
  assert.deepEqual(events, ["document-issued", "document-read", "document-revoked", "document-signed"])
})
