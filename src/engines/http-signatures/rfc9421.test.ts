// Signatures against what RFC 9421 publishes: appendix B and the worked examples of sections 2.4, 2.5, 3.2 and 4.3.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  compileBase,
  contentDigest,
  type Fields,
  isSignatureOf,
  type Message,
  messageVerifier,
  parseSignatureInput,
  type RequestMessage,
  SignatureError,
  signatureInputField,
  signBase,
  signMessage,
} from "./index.ts"
import {
  busyDigest,
  forwardedRequest,
  keys,
  publicKeys,
  requestDigest,
  responseDigest,
  testRequest,
  type Vector,
  vectors,
} from "./rfc9421.fixture.ts"

const DETERMINISTIC = ["hmac-sha256", "ed25519", "rsa-v1_5-sha256"]

type KeyId = keyof typeof keys
const keyIdOf = (vector: Vector): KeyId => parseSignatureInput(vector.input)[0]!.parameters.keyid as KeyId
const publicKeyOf = (id: KeyId) => (id === "test-shared-secret" ? keys[id] : publicKeys[id])

/** The message with more fields, in whichever of the two ways it has them. */
function withFields<M extends Message>(message: M, more: Record<string, string>): M {
  const fields: Fields = Array.isArray(message.fields)
    ? [...message.fields, ...Object.entries(more).flat()]
    : { ...message.fields, ...more }
  return { ...message, fields }
}

const signed = (vector: Vector): Message => {
  const label = parseSignatureInput(vector.input)[0]!.label
  return withFields(vector.message, { "signature-input": vector.input, signature: `${label}=:${vector.signature}:` })
}

test("the keys of appendix B.1 are pairs", () => {
  const algorithmOf = {
    "test-key-rsa": "rsa-v1_5-sha256",
    "test-key-rsa-pss": "rsa-pss-sha512",
    "test-key-ecc-p256": "ecdsa-p256-sha256",
    "test-key-ed25519": "ed25519",
  } as const
  for (const id of Object.keys(algorithmOf) as (keyof typeof algorithmOf)[]) {
    const signature = signBase("a", keys[id], algorithmOf[id])
    assert.ok(isSignatureOf("a", signature, publicKeys[id], algorithmOf[id]), id)
    assert.ok(isSignatureOf("a", signature, keys[id], algorithmOf[id]), `${id}, by the private half`)
  }
})

for (const vector of vectors) {
  const { section, algorithm } = vector
  test(`section ${section}: base, verification and signing`, () => {
    const [input] = parseSignatureInput(vector.input)
    const base = compileBase(input!.components)
    const text = base(vector.message, input!.parameters)
    const last = `"@signature-params": ${vector.input.slice(input!.label.length + 1)}`
    assert.equal(text, [...vector.lines, last].join("\n"))
    assert.equal(base(vector.message, input!.parametersText), text)
    assert.equal(signatureInputField(input!.label, base, input!.parameters), vector.input)

    const id = keyIdOf(vector)
    const verify = messageVerifier({ keyFor: () => ({ key: publicKeyOf(id), algorithm }), components: [] })
    assert.equal(verify(signed(vector), 1618884485).base, text)

    const own = signMessage(vector.message, base, {
      label: input!.label,
      key: keys[id],
      algorithm,
      parameters: input!.parameters,
    })
    assert.equal(own["signature-input"], vector.input)
    if (DETERMINISTIC.includes(algorithm)) assert.equal(own.signature, `${input!.label}=:${vector.signature}:`)
    assert.equal(verify(withFields(vector.message, own), 1618884485).label, input!.label)
  })

  test(`section ${section}: a flipped bit of the signature or of the base is refused`, () => {
    const base = compileBase(parseSignatureInput(vector.input)[0]!.components)
    const text = Buffer.from(base(vector.message, parseSignatureInput(vector.input)[0]!.parameters), "latin1")
    const signature = Buffer.from(vector.signature, "base64")
    const key = publicKeyOf(keyIdOf(vector))
    assert.ok(isSignatureOf(text, signature, key, algorithm))
    for (const bytes of [text, signature]) {
      for (let at = 0; at < bytes.length; at += 7) {
        bytes[at]! ^= 1 << (at % 8)
        assert.ok(!isSignatureOf(text, signature, key, algorithm), `byte ${at}`)
        bytes[at]! ^= 1 << (at % 8)
      }
    }
    assert.ok(!isSignatureOf(text, signature.subarray(1), key, algorithm))
    assert.ok(!isSignatureOf(text, Buffer.alloc(0), key, algorithm))
  })
}

test("the digests of the messages are those of their content", () => {
  assert.equal(contentDigest('{"hello": "world"}', "sha-512"), requestDigest)
  assert.equal(contentDigest('{"message": "good dog"}', "sha-512"), responseDigest)
  assert.equal(contentDigest('{"busy": true, "message": "Your call is very important to us"}', "sha-512"), busyDigest)
})

test("section 4.3: the client's signature holds for what the client sent, not for what the proxy made of it", () => {
  const fields = {
    "signature-input":
      'sig1=("@method" "@authority" "@path" "content-digest" "content-type" "content-length");created=1618884475;keyid="test-key-ecc-p256"',
    signature: "sig1=:X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==:",
  }
  const rules = { keyFor: () => ({ key: publicKeys["test-key-ecc-p256"], algorithm: "ecdsa-p256-sha256" as const }) }
  const verify = messageVerifier({ ...rules, components: ["@method", "@authority", "@path", "content-digest"] })
  assert.equal(verify(withFields(testRequest, fields), 1618884480).label, "sig1")
  assert.throws(() => verify(withFields(forwardedRequest, fields), 1618884480), { code: "signature-wrong" })
})

const transform = {
  "signature-input": 'transform=("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"',
  signature: "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:",
}
const demo = (method: string, query: string, ...fields: string[]): RequestMessage =>
  withFields({ method, target: `/demo?name1=Value1&Name2=value2${query}`, fields }, transform)
const both = ["Accept", "application/json", "Accept", "*/*"]
const date = ["Date", "Fri, 15 Jul 2022 14:24:55 GMT"]

const survives: Record<string, RequestMessage> = {
  "as it was signed": demo("GET", "", "Host", "example.org", ...date, ...both),
  "with a field and a query parameter added": demo(
    "GET",
    "&param=added",
    ...["Host", "example.org", ...date, ...both, "Accept-Language", "en-US,en;q=0.5"],
  ),
  "with fields removed, added and joined": demo(
    "GET",
    "",
    ...["Host", "example.org", "Referer", "https://developer.example.org/demo", "Accept", "application/json, */*"],
  ),
  "with fields in another order": demo("GET", "", ...both, ...date, "Host", "example.org"),
}
const breaks: Record<string, RequestMessage> = {
  "with another method and authority": demo("POST", "", "Host", "example.com", ...date, ...both),
  "with the lines of a field in another order": demo(
    "GET",
    "",
    ...["Host", "example.org", ...date, "Accept", "*/*", "Accept", "application/json"],
  ),
}
const verifyTransform = messageVerifier({
  keyFor: ({ keyid }) =>
    keyid === "test-key-ed25519" ? { key: publicKeys["test-key-ed25519"], algorithm: "ed25519" } : undefined,
  components: ["@method", "@path", "@authority", "accept"],
})

for (const [how, message] of Object.entries(survives))
  test(`appendix B.4: a message ${how} verifies`, () => {
    assert.equal(
      verifyTransform(message, 1618884473).base,
      [
        '"@method": GET',
        '"@path": /demo',
        '"@authority": example.org',
        '"accept": application/json, */*',
        `"@signature-params": ${transform["signature-input"].slice("transform=".length)}`,
      ].join("\n"),
    )
  })
for (const [how, message] of Object.entries(breaks))
  test(`appendix B.4: a message ${how} does not`, () => {
    assert.throws(() => verifyTransform(message, 1618884473), new SignatureError("signature-wrong", "transform"))
  })

test("a base may be signed as bytes or as text", () => {
  const key = keys["test-key-ed25519"]
  assert.deepEqual(signBase("a", key, "ed25519"), signBase(Buffer.from("a"), key, "ed25519"))
})
