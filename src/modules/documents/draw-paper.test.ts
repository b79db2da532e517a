// A paper as others see it: its text, fonts, QR and signature.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { openKeys } from "#platform/crypto"
import type { Site } from "#platform/site"
import { authorityCertificate, signingIdentity } from "./agency-certificate.ts"
import { checkDetached, signDetached } from "./cms.ts"
import { drawPaper } from "./draw-paper.ts"
import { certificate, looked, without } from "./paper.fixture.ts"
import { findSignature, signPdf } from "./pdf-signature.ts"
import { qrText } from "./qr-code.ts"

const dir = mkdtempSync(join(tmpdir(), "motlan-keys-"))
after(() => rmSync(dir, { recursive: true, force: true }))

const now = new Date("2026-03-09T03:00:00Z")
const agencyName = "Ủy ban nhân dân phường Bến Thành"
const paper = {
  template: certificate,
  agencyName,
  lang: "vi",
  issuedAt: now,
  verifyCode: "7K2M-Q9XV-40RT-HB3D",
  address: "http://127.0.0.1:8080/verify/7K2M-Q9XV-40RT-HB3D",
  sign: true,
}
const siteAt = (name: string) => ({ keys: openKeys(join(dir, name)), origin: "http://127.0.0.1:8080" }) as unknown as Site

async function signedBy(site: Site, drawn: Buffer): Promise<Buffer> {
  const identity = await signingIdentity(site, now, "ben-thanh", agencyName)
  return signPdf(drawn, (covered) => signDetached(covered, identity))
}

test("every Vietnamese accent of a certificate comes out whole when its text is copied", {
  skip: without("pdftotext"),
}, async () => {
  const text = looked("pdftotext", await drawPaper(paper), "-").normalize("NFC")
  for (const { label, value } of [...certificate.lines, ...certificate.sections[0]!.lines!]) {
    assert.ok(text.includes(label), label)
    assert.ok(text.replace(/\s+/g, " ").includes(value), value)
  }
  for (const line of [...certificate.header.state, certificate.title, certificate.place, "Trang 1/1", paper.verifyCode]) {
    assert.ok(text.includes(line), line)
  }
})

test("all letters of Vietnamese are in the typeface, in text and in what stands out", {
  skip: without("pdftotext"),
}, async () => {
  const vowels = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
  const tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
  const letters = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize("NFC"))).join("")
  const all = `${letters}đ ${letters.toUpperCase()}Đ`
  const template = { ...certificate, lines: [{ label: "x", value: all }], sections: [{ paragraphs: [all] }] }
  const text = looked("pdftotext", await drawPaper({ ...paper, template }), "-")
    .normalize("NFC")
    .replace(/\s+/g, "")
  assert.equal(text.split(all.replace(" ", "")).length - 1, 2)
})

test("a certificate is tagged, names its language, and carries its fonts inside", { skip: without("pdfinfo") }, async () => {
  const pdf = await drawPaper(paper)
  assert.match(looked("pdfinfo", pdf), /Tagged:\s+yes[\s\S]*JavaScript:\s+no[\s\S]*Encrypted:\s+no[\s\S]*A4/)
  assert.match(pdf.toString("latin1"), /\/Lang \(vi\)/)
  assert.match(pdf.toString("latin1"), /pdfaid:part>2</)
  const fonts = looked("pdffonts", pdf).split("\n").slice(2).filter(Boolean)
  assert.equal(fonts.length, 2)
  for (const font of fonts) assert.match(font, /BeVietnamPro-\w+\s+CID TrueType\s+Identity-H\s+yes yes yes/)
})

test("text meant for a form's own markup stays text in the metadata", async () => {
  const pdf = await drawPaper({ ...paper, template: { ...certificate, title: "A</rdf:li><x>&" } })
  const xmp = pdf.toString("latin1").split("<?xpacket")[1]!
  assert.match(xmp, /dc:title/)
  assert.ok(!xmp.includes("<x>"))
})

test("a long paper runs over several numbered pages", { skip: without("pdftotext") }, async () => {
  const rows = Array.from({ length: 90 }, (_, i) => ({ label: `Dòng ${i + 1}`, value: `Giá trị ${i + 1}` }))
  const text = looked("pdftotext", await drawPaper({ ...paper, template: { ...certificate, lines: rows } }), "-")
  const pages = text.split("\f").filter((page) => page.trim() !== "")
  assert.ok(pages.length >= 3)
  pages.forEach((page, i) => {
    assert.match(page, new RegExp(`Trang ${i + 1}/${pages.length}`))
    assert.ok(page.includes(paper.verifyCode))
  })
  for (const { value } of rows) assert.ok(text.includes(value), value)
})

test("the QR carries the particulars of the circular and, last, the address to verify", () => {
  const lines = qrText(certificate, now, paper.address).split("\n")
  assert.deepEqual(lines, [
    "H29.12-20260309-0001",
    "1.001193",
    "900326000123",
    "GIẤY KHAI SINH",
    "Motlan",
    "2026-03-09T03:00:00Z",
    "",
    "Số: 12/2026",
    paper.address,
  ])
  const bare = qrText({ ...certificate, particulars: {} }, now, paper.address).split("\n")
  assert.equal(bare[4], "127.0.0.1:8080")
})

test("pdfsig calls the signature of Bến Thành valid and the whole document signed", { skip: without("pdfsig") }, async () => {
  const said = looked("pdfsig", await signedBy(siteAt("bến".length.toString()), await drawPaper(paper)))
  assert.match(said, /Signer Certificate Common Name: Ủy ban nhân dân phường Bến Thành/)
  assert.match(said, /Signing Time: Mar 09 2026/)
  assert.match(said, /Signing Hash Algorithm: SHA-256/)
  assert.match(said, /Signature Type: ETSI\.CAdES\.detached/)
  assert.match(said, /Total document signed/)
  assert.match(said, /Signature Validation: Signature is Valid\./)
})

test("a signature is valid for the site that gave the certificate, foreign for every other, broken over other bytes", async () => {
  const [ours, theirs] = [siteAt("ours"), siteAt("theirs")]
  const found = findSignature(await signedBy(ours, await drawPaper(paper)))
  assert.ok(found && found !== "unreadable")
  assert.equal(found.coversAll, true)
  assert.deepEqual(found.at, now)
  const { cms, covered } = found
  const [own, other] = [await authorityCertificate(ours, now), await authorityCertificate(theirs, now)]
  assert.deepEqual(checkDetached(cms, covered, own, now), { standing: "valid", signer: agencyName })
  assert.equal(checkDetached(cms, covered, other, now).standing, "foreign")
  assert.equal(checkDetached(cms, Buffer.concat([covered, Buffer.from(" ")]), own, now).standing, "broken")
  assert.equal(checkDetached(cms, covered, own, new Date("2046-01-01")).standing, "foreign", "the certificate has ended by then")
})

test("no bit of a signature that its check rests on can be changed unseen", async () => {
  const site = siteAt("ours")
  const found = findSignature(await signedBy(site, await drawPaper(paper)))
  assert.ok(found && found !== "unreadable")
  const { cms, covered } = found
  const authority = await authorityCertificate(site, now)
  const carried = cms.indexOf(authority.raw)
  const attributes = cms.indexOf(Buffer.from("06092a864886f70d010903", "hex"))
  for (let at = attributes; at < cms.length; at += 11) {
    if (at >= carried && at < carried + authority.raw.length) continue
    const bent = Buffer.from(cms)
    bent[at] = bent[at]! ^ 0x01
    assert.notEqual(checkDetached(bent, covered, authority, now).standing, "valid", `byte ${at}`)
  }
})

test("keys and certificates of a site outlive a restart", async () => {
  const [first, second] = [siteAt("again"), siteAt("again")]
  const before = await signingIdentity(first, now, "ben-thanh", agencyName)
  const afterwards = await signingIdentity(second, new Date("2026-04-01"), "ben-thanh", agencyName)
  assert.ok(before.certificate.raw.equals(afterwards.certificate.raw))
  assert.ok(!before.certificate.raw.equals((await signingIdentity(first, now, "da-kao", "Phường Đa Kao")).certificate.raw))
})
