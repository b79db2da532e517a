// A definition in the hands of somebody who has nothing but its files.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, mock, test } from "node:test"
import { exportDefinition } from "#catalogue"
import type { Config } from "#platform/config"
import { type Cast, openCast } from "../../test/cast.ts"
import { verify } from "./verify.ts"

const dir = mkdtempSync(join(tmpdir(), "motlan-definition-"))
const path = (name: string) => join(dir, name)
const ASKED = ["definition", path("definition.json"), path("signature.jws")]
let cast: Cast

before(async () => {
  cast = await openCast()
  const { proof } = await cast.tx(await cast.official("ngan"), (tx) => exportDefinition(tx, "1.001193", 1))
  for (const { name, text } of proof) writeFileSync(path(name), text)
})
after(async () => {
  await cast?.close()
  rmSync(dir, { recursive: true, force: true })
})

async function hear(names: string[], options: { anchor?: string; lang?: string }): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const note = (...words: unknown[]) => void lines.push(words.join(" "))
  const mocks = [mock.method(console, "log", note), mock.method(console, "error", note)]
  try {
    return { code: await verify((): Config => assert.fail("no site is asked"), names, options), said: lines.join("\n") }
  } finally {
    for (const one of mocks) one.mock.restore()
  }
}

test("it holds by the key that the reader trusts, and no site is asked", async () => {
  const anchor = path("key.jwk")
  const held = await hear(ASKED, { anchor })
  assert.deepEqual(
    [held.code, /version 1 of 1\.001193, in force from 20\d\d-\d\d-\d\d: hash/.test(held.said)],
    [0, true],
    held.said,
  )
  const told = await hear(ASKED, { anchor, lang: "vi" })
  assert.match(told.said, /phiên bản 1 của 1\.001193/)
})

test("another content is refused with the reason; a key must be named, and be one", async () => {
  writeFileSync(path("changed.json"), "{}")
  const changed = await hear(["definition", path("changed.json"), ASKED[2]!], { anchor: path("key.jwk") })
  assert.deepEqual([changed.code, /DOES NOT HOLD: the signature was given for another/.test(changed.said)], [1, true])
  assert.equal((await hear(ASKED, {})).code, 2)
  assert.equal((await hear(ASKED.slice(0, 2), { anchor: path("key.jwk") })).code, 2)
  await assert.rejects(hear(ASKED, { anchor: path("signature.jws") }), /holds no key/)
})
