// Digest fields against the examples of RFC 9530 (section 2, appendices B to D), and what is refused.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  checkContentDigest,
  checkDigestField,
  chooseDigest,
  contentDigest,
  digestField,
  digestOf,
  parseDigestField,
  parseWantDigest,
  runningDigest,
  SignatureError,
} from "./index.ts"

const hello = '{"hello": "world"}\n'
const helloDigest = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
const faultOf = (code: string) => (error: unknown) => error instanceof SignatureError && error.code === code

/** The content that the RFC prints in appendix B.4 begins with 8B 08; the digests printed beside it are of these bytes. */
const brotli = Buffer.from("0b09807b2268656c6c6f223a2022776f726c64227d0a03", "hex")

const examples: [string, string | Buffer, string][] = [
  ["B.1: full representation", hello, helloDigest],
  ["B.2: empty content", "", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"],
  ["B.3: partial content", hello.slice(10), "sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:"],
  ["B.4 and B.5: encoded content", brotli, "sha-256=:d435Qo+nKZ+gLcUHn7GQtQ72hiBVAgqoLsZnZPiTGPk=:"],
  [
    "B.6: two algorithms",
    brotli,
    "sha-256=:d435Qo+nKZ+gLcUHn7GQtQ72hiBVAgqoLsZnZPiTGPk=:, sha-512=:db7fdBbgZMgX1Wb2MjA8zZj+rSNgfmDCEEXM8qLWfpfoNY0sCpHAzZbj09X1/7HAb7Od5Qfto4QpuBsFbUO3dQ==:",
  ],
  ["B.7, B.8, B.9: what is sent", '{"title": "New Title"}\n', "sha-256=:mEkdbO7Srd9LIOegftO0aBX+VPTVz7/CSHes2Z27gc4=:"],
  [
    "B.7 and B.9: what was made of it",
    '{\n  "id": "123",\n  "title": "New Title"\n}\n',
    "sha-256=:uVSlinTTdQUwm2On4k8TJUikGN1bf/Ds8WPX4oe0h9I=:",
  ],
  [
    "B.8: how it went",
    '{\n  "status": "created",\n  "id": "123",\n  "ts": 1569327729,\n  "instance": "/books/123"\n}\n',
    "sha-256=:yXIGDTN5VrfoyisKlXgRKUHHMs35SNtyC3szSz1dbO8=:",
  ],
  [
    "B.10: an error",
    '{\n  "title": "Not Found",\n  "detail": "Cannot PATCH a non-existent resource",\n  "status": 404\n}\n',
    "sha-256=:EXB0S2VF2H7ijkAVJkH1Sm0pBho0iDZcvVUHHXTTZSA=:",
  ],
  [
    "C.2: another algorithm than asked for",
    hello,
    "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:",
  ],
  [
    "D: sample values",
    '{"hello": "world"}',
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:, sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
  ],
]

for (const [section, content, field] of examples)
  test(`appendix ${section}: made and checked`, () => {
    const claimed = parseDigestField(field)
    const algorithms = Object.keys(claimed) as ("sha-256" | "sha-512")[]
    assert.equal(digestField(Object.fromEntries(algorithms.map((name) => [name, digestOf(name, content)]))), field)
    if (algorithms.length === 1) assert.equal(contentDigest(content, algorithms[0]), field)
    assert.deepEqual([...checkContentDigest(field, content)].sort(), [...algorithms].sort())
    assert.throws(() => checkContentDigest(field, `${content}x`), faultOf("digest-mismatch"))
  })

test("appendix B.11: content that streams by has the digest of the whole", () => {
  const running = runningDigest("sha-256")
  for (const piece of ['{"hello"', ': "world', '"}\n']) running.update(Buffer.from(piece))
  assert.deepEqual(checkDigestField(helloDigest, { "sha-256": running.digest() }), ["sha-256"])
})

test("unknown algorithms are left alone, but don't suffice", () => {
  const md5 = "md5=:Sd/dVLAcvNLSq16eXua5uQ==:"
  assert.deepEqual(checkContentDigest(`${md5}, ${helloDigest}`, hello), ["sha-256"])
  for (const field of [md5, "", undefined]) assert.throws(() => checkContentDigest(field, hello), faultOf("digest-missing"))
  assert.throws(() => checkDigestField(helloDigest, { "sha-512": digestOf("sha-512", hello) }), faultOf("digest-missing"))
})

test("one wrong digest among right ones is refused", () => {
  const wrong = digestField({ "sha-256": digestOf("sha-256", hello), "sha-512": digestOf("sha-512", "other") })
  assert.throws(() => checkContentDigest(wrong, hello), faultOf("digest-mismatch"))
  assert.throws(() => checkContentDigest("sha-256=:RK/0qy18:", hello), faultOf("digest-mismatch"))
})

test("fields that name no digests are refused", () => {
  for (const field of ["sha-256", "sha-256=abc", 'sha-256="abc"', "sha-256=(:YQ==:)", "sha-256=:YQ", "sha-256:YQ==:"])
    assert.throws(() => parseDigestField(field), faultOf("field-syntax"), field)
  // Some examples of the RFC have one sign too many behind the digest.
  assert.throws(() => parseDigestField("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg==:"), faultOf("field-syntax"))
  assert.throws(() => parseDigestField(`${helloDigest}, ${helloDigest}`), faultOf("field-duplicate"))
})

test("appendix C: of what a peer would like we take what we have", () => {
  assert.deepEqual(parseWantDigest("sha-256=3, sha=10"), [
    { algorithm: "sha", preference: 10 },
    { algorithm: "sha-256", preference: 3 },
  ])
  assert.equal(chooseDigest(parseWantDigest("sha-256=3, sha=10")), "sha-256")
  assert.equal(chooseDigest(parseWantDigest("sha-512=3, sha-256=10, unixsum=0")), "sha-256")
  assert.equal(chooseDigest(parseWantDigest("sha-512=3, sha-256=0")), "sha-512")
  assert.equal(chooseDigest(parseWantDigest("sha=10")), undefined)
  assert.equal(chooseDigest(parseWantDigest("sha-256=0")), undefined)
  for (const field of ["sha-256=11", "sha-256=-1", "sha-256=1.5", "sha-256", "sha-256=(1)"])
    assert.throws(() => parseWantDigest(field), faultOf("field-syntax"), field)
})
