// What is taken from people, what is refused, and what is taken out.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { after, test } from "node:test"
import { deflateSync } from "node:zlib"
import { openFiles } from "#platform/files"
import { Problem } from "#platform/problem"
import { looked, without } from "./paper.fixture.ts"
import { receiveUpload, setScanner } from "./receive-upload.ts"
import { chunk, exif, jpeg, jpegWith, pdf, png, streamed, zip } from "./upload.fixture.ts"
import type { SentFile } from "./upload.ts"
import { uploadTypes } from "./upload.ts"

/** A guard against looking for hours: quadratic work on these files would take that. */
const SLOW_FILE_MAX_MS = 120_000
const dir = mkdtempSync(join(tmpdir(), "motlan-uploads-"))
after(() => rmSync(dir, { recursive: true, force: true }))
const files = await openFiles(dir)
const stored = () => readdirSync(dir, { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(String(name))).length

const send = (bytes: Uint8Array, sent: Partial<SentFile> = {}) =>
  receiveUpload(
    { files },
    { stream: streamed(bytes), name: "giấy", declaredType: "", bytesMax: 10_000_000, types: uploadTypes, ...sent },
  )

async function refused(bytes: Uint8Array, code: string, sent: Partial<SentFile> = {}): Promise<void> {
  const before = stored()
  await assert.rejects(send(bytes, sent), (error) => error instanceof Problem && error.code === code, code)
  assert.equal(stored(), before, "nothing of a refused file is kept")
}

test("a birth statement as PDF is taken as it is, with a receipt of its hash", async () => {
  const file = pdf({ pages: 2 })
  const sha256 = createHash("sha256").update(file).digest("hex")
  const taken = await send(file, { name: "Giấy chứng sinh.PDF", declaredType: "application/pdf" })
  const name = "Giấy chứng sinh.pdf"
  assert.deepEqual(taken, { name, type: "application/pdf", bytes: file.length, sha256, sentSha256: sha256 })
  assert.ok((await files.read(sha256)).equals(file))
})

test("a photo loses its place and its text, and keeps how it is to be turned", async () => {
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 10]), Buffer.from("so nha 7")])
  const file = jpegWith(exif(6), comment)
  const taken = await send(file, { declaredType: "image/jpeg" })
  const kept = await files.read(taken.sha256)
  assert.ok(!kept.includes("GPS") && !kept.includes("so nha"))
  assert.equal(kept.toString("latin1", 6, 10), "Exif")
  assert.equal(kept.readUInt16BE(30), 6)
  assert.equal(taken.sentSha256, createHash("sha256").update(file).digest("hex"))
  assert.notEqual(taken.sha256, taken.sentSha256)
  assert.ok(kept.subarray(-200).equals(jpeg.subarray(-200)), "the picture itself is untouched")
  assert.equal((await send(jpegWith(exif(1)))).sha256, (await send(jpeg)).sha256, "upright needs no mark")
})

test("a screenshot loses its texts, its time and its EXIF", async () => {
  const more = [chunk("tEXt", Buffer.from("Author\0Lan")), chunk("eXIf", Buffer.from("II*\0GPS")), chunk("tIME", Buffer.alloc(7))]
  const kept = await files.read((await send(png(3, 2, more))).sha256)
  assert.ok(kept.equals(png(3, 2)))
})

test("a file is refused at once when it is empty or longer than the field takes", async () => {
  await refused(Buffer.alloc(0), "upload-empty")
  let given = 0
  const endless = Readable.from(
    (function* () {
      const head = pdf()
      for (yield head; ; given += 65_536) yield Buffer.alloc(65_536)
    })(),
  )
  await refused(Buffer.alloc(0), "upload-too-large", { stream: endless, bytesMax: 1_000_000 })
  assert.ok(given < 1_200_000, "reading stops at the limit")
})

test("ten megabytes of anything else are refused after the first look", async () => {
  let given = 0
  const long = Readable.from(
    (function* () {
      for (; given < 10_000_000; given += 4_096) yield Buffer.alloc(4_096, "a")
    })(),
  )
  await refused(Buffer.alloc(0), "upload-type-refused", { stream: long, bytesMax: 20_000_000 })
  assert.ok(given < 100_000)
})

test("a file that is not what it claims is refused", async () => {
  await refused(png(), "upload-type-differs", { declaredType: "application/pdf" })
  await refused(png(), "upload-type-differs", { name: "anh.pdf" })
  await refused(png(), "upload-type-refused", { types: ["application/pdf"] })
  await refused(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "upload-type-refused")
  await refused(Buffer.from("<!doctype html><title>x</title>"), "upload-type-refused", { declaredType: "image/png" })
  await refused(Buffer.from("#!/bin/sh\necho"), "upload-type-refused")
  await refused(zip(), "upload-type-refused")
  await refused(Buffer.concat([Buffer.from("\n\n"), pdf()]), "upload-type-refused")
})

test("a file that is two things at once is refused", async () => {
  await refused(Buffer.concat([jpeg, zip()]), "upload-polyglot")
  await refused(Buffer.concat([png(), zip(), Buffer.alloc(9)]), "upload-polyglot")
  await refused(Buffer.concat([pdf(), zip(), Buffer.from("\n%%EOF\n")]), "upload-polyglot")
  await refused(png(3, 2, [chunk("iCCP", Buffer.from("<script >alert(1)</script>"))]), "upload-polyglot")
  await refused(jpegWith(Buffer.from("\xff\xfe\x00\x12<html><body>hoho", "latin1")), "upload-polyglot")
  await refused(pdf({ objects: "% <!DOCTYPE html><script>" }), "upload-polyglot")
  await refused(Buffer.concat([png(), Buffer.from("<?php system($_GET[0]);")]), "upload-polyglot")
})

test("half a file is refused, wherever it was cut", async () => {
  for (const whole of [jpegWith(exif(6)), png(40, 40), pdf({ pages: 3 })]) {
    for (const part of [0.5, 0.9, 0.98]) await refused(whole.subarray(0, Math.floor(whole.length * part)), "upload-broken")
  }
  const bent = png(40, 40)
  bent[bent.length - 20] = bent[bent.length - 20]! ^ 1
  await refused(bent, "upload-broken")
})

test("a picture that would unpack to gigabytes is refused by its stated size", async () => {
  await refused(png(3, 2, [], { width: 60_000, height: 60_000 }), "upload-too-many-pixels")
  const bomb = Buffer.from(jpeg)
  const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]))
  bomb.writeUInt16BE(65_000, frame + 5)
  bomb.writeUInt16BE(65_000, frame + 7)
  await refused(bomb, "upload-too-many-pixels")
})

test("a PDF that is locked, endless or acts by itself is refused", async () => {
  await refused(pdf({ trailer: "/Encrypt 9 0 R" }), "upload-encrypted")
  await refused(pdf({ pages: 301 }), "upload-too-many-pages")
  await refused(pdf({ stated: 100_000 }), "upload-too-many-pages")
  await refused(pdf({ extra: "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>" }), "upload-active")
  await refused(pdf({ extra: "/OpenAction << /S /J#61vaScript /J#53 (x) >>" }), "upload-active")
  await refused(pdf({ extra: "/Names << /EmbeddedFiles 9 0 R >>" }), "upload-active")
  const packed = deflateSync(Buffer.from("9 0 << /S /Launch /F (cmd.exe) >>")).toString("latin1")
  const hidden = `8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`
  await refused(pdf({ objects: hidden }), "upload-active")
  const bomb = deflateSync(Buffer.alloc(50_000_000)).toString("latin1")
  const large = `8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n${bomb}\nendstream\nendobj\n`
  await refused(pdf({ objects: large }), "upload-broken")
})

test("a file made to be slow to look through ends", { timeout: SLOW_FILE_MAX_MS }, async () => {
  const objects = ">>stream\nendstream ".repeat(300_000)
  assert.equal((await send(pdf({ objects }), { bytesMax: 25_000_000 })).type, "application/pdf")
  const spaces = `/Type${" ".repeat(2_000_000)}/Count${" ".repeat(2_000_000)}`
  assert.equal((await send(pdf({ objects: spaces }), { bytesMax: 25_000_000 })).type, "application/pdf")
})

test("names are made harmless and keep their accents", async () => {
  const named = async (name: string) => (await send(png(), { name })).name
  assert.equal(await named("../../etc/Ảnh thẻ.png"), "Ảnh thẻ.png")
  assert.equal(await named("C:\\Users\\lan\\anh.PNG"), "anh.png")
  assert.equal(await named("anh.php.png"), "anh_php.png")
  assert.equal(await named("a\u202Egnp.exe"), "agnp_exe.png")
  assert.equal(await named('a"; x=\r\n<b>.png'), "a__ x__b.png")
  assert.equal(await named(".htaccess"), "htaccess.png")
  assert.equal(await named(""), "file.png")
  assert.equal([...(await named("ế".repeat(500)))].length, 104)
})

test("a scanner's find refuses the file, and so does a scanner that can't tell", async () => {
  try {
    setScanner({ scan: async (bytes) => (Buffer.from(bytes).equals(png()) ? "Eicar" : undefined) })
    await refused(png(), "upload-infected")
    await send(jpeg)
    setScanner({ scan: () => Promise.reject(new Error("no answer")) })
    await refused(jpegWith(exif(3)), "upload-not-scanned")
  } finally {
    setScanner(undefined)
  }
})

test("poppler reads the test's own PDF, so that what passes here is a PDF for others too", { skip: without("pdfinfo") }, () => {
  assert.match(looked("pdfinfo", pdf({ pages: 2 })), /Pages:\s+2/)
})
