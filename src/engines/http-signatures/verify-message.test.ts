// Verifying messages: each reason for which a signature is refused, and keys that don't fit.
import assert from "node:assert/strict"
import { createSecretKey, generateKeyPairSync, type KeyObject } from "node:crypto"
import { test } from "node:test"
import {
  compileBase,
  isSignatureOf,
  type Message,
  messageVerifier,
  type ParametersOfSignature,
  parseSignatureInput,
  type RequestMessage,
  type SignatureAlgorithm,
  SignatureError,
  signatureAlgorithms,
  signatureOver,
  signaturesOf,
  signBase,
  signMessage,
  type VerificationRules,
} from "./index.ts"

const NOW = 1_760_000_000
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" })
const message: RequestMessage = {
  method: "GET",
  target: "/r1/VN/GOV/001/population/person",
  authority: "hub.example",
  fields: { date: "today", "content-type": "application/json" },
}
const covered = ["@method", "@path", "date"]
const rules: VerificationRules = {
  keyFor: ({ keyid }) => (keyid === "a" ? { key: ec.publicKey, algorithm: "ecdsa-p256-sha256" } : undefined),
  components: ["@method", "@path"],
}

function signedBy(
  parameters: ParametersOfSignature,
  { label = "sig1", components = covered, key = ec.privateKey as KeyObject, of = message as RequestMessage } = {},
): RequestMessage {
  const fields = signMessage(of, compileBase(components), { label, key, algorithm: "ecdsa-p256-sha256", parameters })
  return { ...of, fields: { ...(of.fields as Record<string, string>), ...fields } }
}
const good = signedBy({ created: NOW, keyid: "a" })
const refuses = (given: Message, code: string, more: Partial<VerificationRules> = {}, now = NOW) =>
  assert.throws(
    () => messageVerifier({ ...rules, ...more })(given, now),
    (error) => error instanceof SignatureError && error.code === code,
  )
const withField = (name: string, value: string): RequestMessage => ({ ...good, fields: { ...good.fields, [name]: value } })
const field = (name: string): string => (good.fields as Record<string, string>)[name]!

test("a signed message verifies, and says what was signed", () => {
  const verify = messageVerifier(rules)
  for (const given of [good, { ...good, fields: Object.entries(good.fields).flat() as string[] }, good]) {
    const { label, parameters, base, algorithm } = verify(given, NOW)
    assert.deepEqual([label, parameters, algorithm], ["sig1", { created: NOW, keyid: "a" }, "ecdsa-p256-sha256"])
    assert.match(base, /^"@method": GET\n"@path": \/r1\/VN\/GOV\/001\/population\/person\n"date": today\n"@signature-params": /)
  }
})

test("what was signed may not change, what was not may", () => {
  refuses({ ...good, method: "PUT" }, "signature-wrong")
  refuses({ ...good, target: "/" }, "signature-wrong")
  refuses(withField("date", "tomorrow"), "signature-wrong")
  refuses(withField("signature-input", field("signature-input").replace(String(NOW), String(NOW - 1))), "signature-wrong")
  assert.ok(messageVerifier(rules)(withField("content-type", "text/plain"), NOW))
  const { date: _, ...fields } = good.fields as Record<string, string>
  refuses({ ...good, fields }, "component-missing")
})

test("a signature by another key, or by a key that we don't know, is refused", () => {
  refuses(
    signedBy({ created: NOW, keyid: "a" }, { key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey }),
    "signature-wrong",
  )
  refuses(signedBy({ created: NOW, keyid: "b" }), "key-unknown")
  refuses(signedBy({ created: NOW }), "key-unknown")
})

test("the algorithm is the one agreed for the key", () => {
  assert.ok(messageVerifier(rules)(signedBy({ created: NOW, keyid: "a", alg: "ecdsa-p256-sha256" }), NOW))
  const other = field("signature-input").replace(";keyid", ';alg="ed25519";keyid')
  refuses(withField("signature-input", other), "key-unfit")
  assert.throws(() => signedBy({ created: NOW, alg: "ed25519" }), { code: "key-unfit" })
})

test("every required component must be covered, also when its list was seen before", () => {
  const verify = messageVerifier({ ...rules, components: ["@method", "content-type"] })
  for (const _ of [1, 2]) assert.throws(() => verify(good, NOW), { code: "signature-incomplete" })
  assert.ok(verify(signedBy({ created: NOW, keyid: "a" }, { components: ["content-type", "@method"] }), NOW))
  refuses(signedBy({ created: NOW, keyid: "a" }, { components: [] }), "signature-incomplete")
  assert.ok(messageVerifier({ ...rules, components: [] })(signedBy({ created: NOW, keyid: "a" }, { components: [] }), NOW))
})

test("a signature holds from its creation to its end", () => {
  refuses(signedBy({ keyid: "a" }), "signature-incomplete")
  refuses(signedBy({ created: NOW, keyid: "a" }), "signature-incomplete", { parameters: ["created", "nonce"] })
  refuses(signedBy({ keyid: "a" }), "signature-incomplete", { parameters: [], ageSecondsMax: 60 })
  assert.ok(messageVerifier({ ...rules, parameters: [] })(signedBy({ keyid: "a" }), NOW))
  refuses(good, "signature-not-yet", {}, NOW - 1)
  refuses(good, "signature-not-yet", { skewSeconds: 5 }, NOW - 6)
  assert.ok(messageVerifier({ ...rules, skewSeconds: 5 })(good, NOW - 5))
  const short = signedBy({ created: NOW, expires: NOW + 60, keyid: "a" })
  assert.ok(messageVerifier(rules)(short, NOW + 59))
  refuses(short, "signature-expired", {}, NOW + 60)
  assert.ok(messageVerifier({ ...rules, skewSeconds: 5 })(short, NOW + 64))
  refuses(short, "signature-expired", { skewSeconds: 5 }, NOW + 65)
  assert.ok(messageVerifier({ ...rules, ageSecondsMax: 300 })(good, NOW + 300))
  refuses(good, "signature-expired", { ageSecondsMax: 300 }, NOW + 301)
})

test("of several signatures one is picked by label or tag, and never by chance", () => {
  const [one, two] = [
    signedBy({ created: NOW, keyid: "a", tag: "x" }),
    signedBy({ created: NOW, keyid: "a", tag: "y" }, { label: "sig2" }),
  ]
  const names = ["signature-input", "signature"] as const
  const joined = names.map((name) => [name, [one, two].map(({ fields }) => (fields as Record<string, string>)[name]!)])
  const both: RequestMessage = { ...message, fields: { ...message.fields, ...Object.fromEntries(joined) } }
  assert.deepEqual(
    signaturesOf(both.fields).map(({ label }) => label),
    ["sig1", "sig2"],
  )
  refuses(both, "signature-ambiguous")
  assert.equal(messageVerifier({ ...rules, label: "sig2" })(both, NOW).label, "sig2")
  assert.equal(messageVerifier({ ...rules, tag: "x" })(both, NOW).label, "sig1")
  refuses(both, "signature-missing", { tag: "z" })
  refuses(both, "signature-missing", { label: "sig2", tag: "x" })
})

test("half a signature, or fields that can't be read, are refused by their code", () => {
  refuses(message, "signature-missing")
  refuses(withField("signature", ""), "signature-missing")
  refuses(withField("signature-input", ""), "signature-missing")
  refuses(withField("signature", field("signature").replace("sig1", "sig2")), "signature-missing")
  refuses(withField("signature", `${field("signature")}, more=:YQ==:`), "signature-missing")
  refuses(withField("signature", "sig1=abc"), "field-syntax")
  refuses(withField("signature", `${field("signature")}, ${field("signature")}`), "field-duplicate")
  refuses(withField("signature-input", `${field("signature-input")}, ${field("signature-input")}`), "field-duplicate")
  refuses(withField("signature-input", "sig1=1"), "field-syntax")
  refuses(withField("signature-input", "sig1=(date)"), "component-unknown")
  refuses(withField("signature-input", 'sig1=("date" "date");created=1'), "component-duplicate", { components: [] })
  refuses(withField("signature-input", 'sig1=("date");created="1"'), "field-syntax")
  refuses(withField("signature-input", 'sig1=("date");created=1;created=2'), "field-duplicate")
  refuses(withField("signature-input", 'sig1=("@signature-params")'), "component-unknown")
  const many = Array.from({ length: 17 }, (_, i) => `s${i}=()`).join(", ")
  assert.throws(() => parseSignatureInput(many), { code: "field-too-long" })
  refuses(withField("signature", `sig1=:${Buffer.alloc(1025).toString("base64")}:`), "field-too-long")
})

test("a signature over the agreed components is found without reading their list", () => {
  const base = compileBase(covered)
  const whole = signaturesOf(good.fields)[0]!
  const { parameters, parametersText, signature } = signatureOver(good.fields, "sig1", base)
  assert.deepEqual([parameters, parametersText, signature], [whole.parameters, whole.parametersText, whole.signature])
  const loose = field("signature-input").replace("(", "( ").replace(";created", "; created")
  assert.deepEqual(signatureOver(withField("signature-input", loose).fields, "sig1", base).parametersText, parametersText)
  const over = (given: Message, label = "sig1") => signatureOver(given.fields, label, base)
  const beside = withField("signature-input", `other=(), ${field("signature-input")}`)
  assert.equal(over(beside).parametersText, parametersText)
  assert.throws(() => over(good, "sig2"), { code: "signature-missing" })
  assert.throws(() => over(message), { code: "signature-missing" })
  assert.throws(() => over(withField("signature", "")), { code: "signature-missing" })
  assert.throws(() => over(withField("signature-input", `sig1=("@method");created=1`)), { code: "signature-incomplete" })
  assert.throws(() => over(withField("signature-input", `${field("signature-input")}x`)), { code: "field-syntax" })
  assert.throws(() => over(withField("signature-input", field("signature-input").replace(";", ""))), { code: "field-syntax" })
  assert.throws(() => over(withField("signature-input", `${field("signature-input")}, sig1=()`)), { code: "field-duplicate" })
})

test("parameters that we don't know are signed all the same", () => {
  const text = `;created=${NOW};keyid="a";colour="red"`
  const base = compileBase(covered)
  const bytes = signBase(base(message, text), ec.privateKey, "ecdsa-p256-sha256").toString("base64")
  const fields = { ...message.fields, "signature-input": `s=${base.covered}${text}`, signature: `s=:${bytes}:` }
  assert.ok(messageVerifier(rules)({ ...message, fields }, NOW))
  const blue = { ...fields, "signature-input": fields["signature-input"].replace("red", "blue") }
  refuses({ ...message, fields: blue }, "signature-wrong")
})

const pairs: Record<SignatureAlgorithm, { privateKey: KeyObject; publicKey: KeyObject }> = {
  "ecdsa-p256-sha256": ec,
  "ecdsa-p384-sha384": generateKeyPairSync("ec", { namedCurve: "P-384" }),
  ed25519: generateKeyPairSync("ed25519"),
  "rsa-pss-sha512": generateKeyPairSync("rsa-pss", { modulusLength: 2048 }),
  "rsa-v1_5-sha256": generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "hmac-sha256": { privateKey: createSecretKey(Buffer.alloc(32, 1)), publicKey: createSecretKey(Buffer.alloc(32, 1)) },
}

test("each algorithm signs with its own kind of key and refuses the others", () => {
  for (const algorithm of signatureAlgorithms)
    for (const [owner, { privateKey, publicKey }] of Object.entries(pairs)) {
      // A plain RSA key does for both ways of padding.
      const fits = owner === algorithm || (owner === "rsa-v1_5-sha256" && algorithm === "rsa-pss-sha512")
      if (!fits) {
        assert.throws(() => signBase("a", privateKey, algorithm), { code: "key-unfit" }, `${algorithm} by ${owner}`)
        assert.throws(() => isSignatureOf("a", Buffer.alloc(64), publicKey, algorithm), { code: "key-unfit" })
        continue
      }
      const signature = signBase("a", privateKey, algorithm)
      assert.ok(isSignatureOf("a", signature, publicKey, algorithm), algorithm)
      assert.ok(!isSignatureOf("b", signature, publicKey, algorithm), algorithm)
    }
  assert.equal(signBase("a", pairs["ecdsa-p384-sha384"].privateKey, "ecdsa-p384-sha384").length, 96)
})

test("weak keys and public keys sign nothing", () => {
  const unfit = { code: "key-unfit" }
  assert.throws(() => signBase("a", generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey, "rsa-v1_5-sha256"), unfit)
  assert.throws(() => signBase("a", createSecretKey(Buffer.alloc(31)), "hmac-sha256"), unfit)
  assert.throws(() => signBase("a", ec.publicKey, "ecdsa-p256-sha256"), unfit)
  assert.throws(() => signBase("a", ec.privateKey, "none" as SignatureAlgorithm), unfit)
})
