// What is packed comes out as it went in, with a dictionary and without, and no more is kept than was said.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Packed } from "./packed.ts"

const long = (n: number) => JSON.stringify({ n, words: Array.from({ length: 2_000 }, (_, i) => `từ ${i * 7919} ${n}`) })

test("texts before and after the first long one, by which the later ones are packed, are read as they were", () => {
  const packed = new Packed<{ n: number }>(10, 1)
  const texts = [JSON.stringify({ n: 0 }), long(1), long(2), JSON.stringify({ n: 3 })]
  for (const [i, text] of texts.entries()) packed.set(`${i}`, text)
  for (const [i, text] of texts.entries()) {
    assert.deepEqual(packed.glance(`${i}`), JSON.parse(text))
    assert.deepEqual(packed.get(`${i}`), JSON.parse(text))
  }
  assert.equal(packed.get("4"), undefined)
})

test("what lies open is given again as the same object, and a glance opens nothing for others", () => {
  const packed = new Packed<{ n: number }>(10, 1)
  packed.set("a", long(1))
  assert.notEqual(packed.glance("a"), packed.glance("a"))
  assert.equal(packed.get("a"), packed.get("a"))
})

test("where there is no room all goes, and can be packed again", () => {
  const packed = new Packed<{ n: number }>(2, 1)
  for (const key of ["a", "b", "c"]) packed.set(key, long(1))
  assert.deepEqual([packed.has("a"), packed.has("b"), packed.has("c")], [false, false, true])
  packed.set("a", long(2))
  assert.equal(packed.get("a")?.n, 2)
})
