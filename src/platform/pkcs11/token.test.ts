// Keys in a real token: made there, never read out, signing without holding anybody up, and a PIN that is not tried again.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { verify } from "node:crypto"
import { after, before, test } from "node:test"
import { makeSoftToken, PIN, type SoftToken, softModule, withoutSoftHsm } from "../../../test/pkcs11/soft-token.ts"
import { openToken, type Token, TokenFault } from "./index.ts"

const skip = withoutSoftHsm
let soft: SoftToken
let token: Token
before(() => {
  if (skip) return
  soft = makeSoftToken()
  token = openToken({ ...soft, pin: () => PIN })
})
after(() => soft?.close())

const holds = async (label: string, data: Buffer): Promise<boolean> => {
  const signature = await token.sign(label, data)
  assert.equal(signature.length, 64)
  return verify("sha256", data, { key: (await token.findKey(label))!, dsaEncoding: "ieee-p1363" }, signature)
}
const fault = (reason: string) => (error: unknown) =>
  error instanceof TokenFault && error.reason === reason && !error.message.includes(PIN)

test("a wrong PIN is tried once, and the right one opens the token afterwards", { skip }, async () => {
  const asked: string[] = []
  const withPin = (pin: string) =>
    openToken({
      ...soft,
      pin: () => {
        asked.push(pin)
        return pin
      },
    })
  await assert.rejects(withPin("000000").sign("one", Buffer.from("x")), fault("pin-refused"))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await assert.rejects(withPin("000000").sign("one", Buffer.from("x")), (error: Error) => /not tried again/.test(error.message))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  assert.equal(await withPin(PIN).findKey("one"), undefined)
  assert.deepEqual(asked, ["000000", "000000", PIN])
})

test("a pair is made once under its label, and its signatures verify", { skip }, async () => {
  const made = await token.keyOf("seal.1")
  assert.ok(made.equals(await token.keyOf("seal.1")))
  assert.ok(!made.equals(await token.keyOf("seal.2")))
  assert.ok(await holds("seal.1", Buffer.from("a root")))
  assert.ok(
    !verify(
      "sha256",
      Buffer.from("another"),
      { key: made, dsaEncoding: "ieee-p1363" },
      await token.sign("seal.1", Buffer.from("a root")),
    ),
  )
})

test("the private half can't be read out of the token", { skip }, () => {
  const listed = execFileSync(
    "pkcs11-tool",
    ["--module", softModule!, "--login", "--pin", PIN, "--token-label", soft.token, "-O", "--type", "privkey"],
    {
      encoding: "utf8",
      timeout: 20_000,
    },
  )
  assert.match(listed, /label: +seal\.1/)
  for (const [access] of listed.matchAll(/Access:.*/g)) assert.match(access, /always sensitive, never extractable/)
})

test("a key that the token has not is told by name", { skip }, async () => {
  await assert.rejects(token.sign("nobody", Buffer.from("x")), fault("key-missing"))
  assert.ok(await holds("seal.1", Buffer.from("the token goes on")))
})

test("many signatures at once share two sessions, and the program goes on meanwhile", { skip }, async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const all = Array.from({ length: 300 }, (_, i) => holds("seal.1", Buffer.from(`message ${i}`)))
  assert.ok((await Promise.all(all)).every(Boolean))
  clearInterval(timer)
  assert.ok(turns > 5, `${turns} turns`)
})

test("a module that is not there, and a token that is not there, are told apart", { skip }, async () => {
  const nowhere = openToken({ ...soft, module: "/nowhere/libnothing.so", pin: () => PIN })
  await assert.rejects(nowhere.findKey("x"), fault("module"))
  await assert.rejects(openToken({ ...soft, token: "another", pin: () => PIN }).findKey("x"), fault("absent"))
})

test("a token that was pulled out is a fault at once, and at each further try", { skip }, async () => {
  soft.pullOut()
  await assert.rejects(token.sign("seal.1", Buffer.from("x")), TokenFault)
  await assert.rejects(token.sign("seal.1", Buffer.from("x")), TokenFault)
})
