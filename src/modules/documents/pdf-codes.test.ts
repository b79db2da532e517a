// A paper that another program saved anew is still recognised by the code inside.
import assert from "node:assert/strict"
import { test } from "node:test"
import { deflateSync } from "node:zlib"
import { codesInside } from "./pdf-codes.ts"
import { pdf } from "./upload.fixture.ts"

const address = "https://dichvucong.example/verify/7K2M-Q9XV-40RT-HB3D"
const code = "7K2M-Q9XV-40RT-HB3D"
const stream = (type: string, text: string) => {
  const packed = deflateSync(Buffer.from(text)).toString("latin1")
  return `8 0 obj\n<< /Type /${type} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`
}

test("the code is found in plain sight, in packed objects, in packed metadata, and as UTF-16", () => {
  const wide = `\xfe\xff${[...address].map((c) => `\0${c}`).join("")}`
  for (const objects of [
    `7 0 obj\n(${address})\nendobj\n`,
    `7 0 obj\n(${wide})\nendobj\n`,
    stream("ObjStm", `1 0 << /URI (${address}) >>`),
    stream("Metadata", `<pdf:Keywords>${address}</pdf:Keywords>`),
  ]) {
    assert.deepEqual(codesInside(pdf({ objects })), [code])
  }
})

test("a file that names many codes is looked at for a few only, and one that names none for none", () => {
  const many = Array.from({ length: 500 }, (_, i) => address.replace("7K2M", String(1000 + i))).join(" ")
  assert.equal(codesInside(pdf({ objects: many })).length, 5)
  assert.deepEqual(codesInside(pdf({ objects: "/verify/7K2M /verify/UUUU-UUUU-UUUU-UUUU" })), [])
})
