// Signed notes, checkpoints and witnesses: published notes, every kind of damage, and the judgement on what a log shows next.
import assert from "node:assert/strict"
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto"
import { test } from "node:test"
import fc from "fast-check"
import {
  checkpointBody,
  consistencyProof,
  cosign,
  judgeCheckpoint,
  leafHash,
  NoteError,
  type NoteFault,
  noteKey,
  noteKeyText,
  noteText,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  rootHash,
  signatureLine,
  signNote,
  verifyNote,
} from "./index.ts"

// The note, keys and signatures that golang.org/x/mod/sumdb/note is tested with.
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const peterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const peterSeed = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64").subarray(1)
const peterLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
const enochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
const enochLine = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
const [peter, enoch] = [parseNoteKey(peterKey), parseNoteKey(enochKey)]
const keyOfSeed = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  })

const faultOf = (code: NoteFault) => (error: unknown) => error instanceof NoteError && error.code === code
const verified = (note: string | Uint8Array, ...keys: Parameters<typeof verifyNote>[1]) =>
  verifyNote(parseNote(note), keys).map(({ key }) => key.name)

test("the published note is signed byte for byte, and verifies", () => {
  assert.equal(signNote(text, { name: "PeterNeumann", key: keyOfSeed(peterSeed) }), `${text}\n${peterLine}`)
  assert.equal(parseNote(`${text}\n${peterLine}`).text, text)
  assert.deepEqual(verified(`${text}\n${peterLine}`, peter), ["PeterNeumann"])
})

test("who has signed is told, who is unknown is left alone", () => {
  const both = `${text}\n${peterLine}${enochLine}`
  assert.deepEqual(verified(both, peter), ["PeterNeumann"])
  assert.deepEqual(verified(both, enoch, peter), ["PeterNeumann", "EnochRoot"])
  assert.deepEqual(verified(`${text}\n${peterLine}${peterLine}`, peter), ["PeterNeumann"])
  assert.throws(() => verified(both), faultOf("note-unsigned"))
  assert.throws(() => verified(`${text}\n${enochLine}`, peter), faultOf("note-unsigned"))
  assert.throws(() => verified(`${text}x\n\n${peterLine}`, peter), faultOf("note-forged"))
  const other = `${text}\n${peterLine.replace("x08go", "x08gp")}${enochLine}`
  assert.deepEqual(verified(other, peter, enoch), ["EnochRoot"], "an id that is not the key's is another key")
})

test("keys are written as they were read, and mangled ones are refused", () => {
  assert.equal(noteKeyText(peter), peterKey)
  assert.equal(noteKeyText(noteKey("PeterNeumann", keyOfSeed(peterSeed))), peterKey)
  for (let from = 0; from <= peterKey.length; from++)
    for (let to = from + 1; to <= peterKey.length; to++)
      if (from > 0 || to < peterKey.length)
        assert.throws(() => parseNoteKey(peterKey.slice(from, to)), faultOf("key-malformed"), `${from}-${to}`)
  for (let at = 0; at < peterKey.length; at++) {
    const changed = peterKey.slice(0, at) + String.fromCharCode(peterKey.charCodeAt(at) + 1) + peterKey.slice(at + 1)
    assert.throws(() => parseNoteKey(changed), faultOf("key-malformed"), changed)
  }
  for (const bad of [
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  ])
    assert.throws(() => parseNoteKey(bad), faultOf("key-malformed"))
  const key = keyOfSeed(peterSeed)
  for (const name of ["", "a b", "a+b", "a\u3000b", "a\nb", "a".repeat(256)])
    assert.throws(() => noteKey(name, key), faultOf("key-malformed"))
  assert.throws(() => noteKey("a", generateKeyPairSync("x25519").publicKey), faultOf("key-malformed"))
})

test("what is no note is refused", () => {
  const bad = [
    ...[
      "",
      "\n",
      text,
      `${text}\n`,
      `${text}\n${peterLine.slice(0, -1)}`,
      `\u0001${text}\n${peterLine}`,
      `${text}\n${peterLine}\n`,
    ],
    ...[`${text}\n— Bad Name x08go/ZJ\n`, `${text}\n${peterLine}Unexpected line.\n`, `${text}\n${peterLine.replace("—", "-")}`],
    ...[
      `${text}\n${peterLine.replace("— ", "—")}`,
      `${text}\n— a+b AAAAAAA=\n`,
      `${text}\n— a AAAAAA==\n`,
      `${text}\n— a AAAA AAA=\n`,
    ],
    ...[`${text}\n— a AAAAAAB=\n`, `\ud800${text}\n${peterLine}`, `${text}\r\n\n${peterLine}`],
  ]
  for (const note of bad) assert.throws(() => parseNote(note), faultOf("note-malformed"), JSON.stringify(note.slice(-40)))
  assert.throws(() => parseNote(Buffer.from(`\xff${text}\n${peterLine}`, "latin1")), faultOf("note-malformed"))
  assert.throws(() => parseNote(`${text}\n${peterLine.repeat(101)}`), faultOf("note-too-long"))
  assert.throws(() => parseNote("a".repeat(262_145)), faultOf("note-too-long"))
  assert.throws(() => parseNote(Buffer.alloc(262_145)), faultOf("note-too-long"))
  assert.equal(parseNote(`${text}\n${peterLine.repeat(100)}`).signatures.length, 100)
  for (const unsignable of ["a", "", "a\t\n", "\ud800\n"])
    assert.throws(() => signNote(unsignable, { name: "a", key: keyOfSeed(peterSeed) }), faultOf("note-malformed"))
  assert.throws(() => signNote(text), faultOf("note-malformed"))
})

test("no bit of a signed note can be flipped", () => {
  const bytes = Buffer.from(`${text}\n${peterLine}`)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    assert.throws(() => verified(bytes, peter), NoteError, `bit ${bit}`)
    bytes[bit >> 3]! ^= 1 << (bit & 7)
  }
  assert.deepEqual(verified(bytes, peter), ["PeterNeumann"])
})

test("a text may have blank lines and any letters", () => {
  const poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
  const line =
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
  const note = parseNote(`${poem}\n${line}`)
  assert.deepEqual(
    [note.text, note.signatures[0]!.name, note.signatures[0]!.id],
    [poem, "quasimodo.example/salvatore", 0x367ba04b],
  )
  assert.equal(noteText(note), `${poem}\n${line}`)
  assert.deepEqual(verified(signNote("\n\n", { name: "a", key: keyOfSeed(peterSeed) }), noteKey("a", keyOfSeed(peterSeed))), [
    "a",
  ])
})

// The checkpoint that c2sp.org/tlog-cosignature prints.
const sofa = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
const sofaNote = `${sofa}
— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

test("the printed checkpoint is read and written", () => {
  const note = parseNote(sofaNote)
  const checkpoint = parseCheckpoint(note.text)
  assert.deepEqual([checkpoint.origin, checkpoint.size, checkpoint.extensions], ["example.com/behind-the-sofa", 20852163, []])
  assert.equal(checkpointBody(checkpoint), sofa)
  assert.equal(noteText(note), sofaNote)
  assert.equal(note.signatures[1]!.signature.readBigUInt64BE(0), 1679315147n)
})

test("what is no checkpoint is refused", () => {
  const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
  const bad = [
    ...[
      "",
      "a\n1\n",
      `a\n1\n${root}`,
      `\n1\n${root}\n`,
      `a\n01\n${root}\n`,
      `a\n-1\n${root}\n`,
      `a\n1.0\n${root}\n`,
      `a\n\n${root}\n`,
    ],
    ...[
      `a\n9007199254740992\n${root}\n`,
      `a\n1\n${root.slice(0, -1)}\n`,
      `a\n1\nAAAA\n`,
      `a\n1\n${root.replace("2I=", "2J=")}\n`,
    ],
    ...[`a\n1\n${root}\n\n`, `a\n1\n${root}\nx\n\n`, `a\n1\n${root}\n${"x\n".repeat(17)}`, `${"a".repeat(1025)}\n1\n${root}\n`],
  ]
  for (const each of bad) assert.throws(() => parseCheckpoint(each), faultOf("checkpoint-malformed"), JSON.stringify(each))
  for (const origin of ["", "a\nb"])
    assert.throws(() => checkpointBody({ origin, size: 1, root: Buffer.alloc(32) }), faultOf("checkpoint-malformed"))
  assert.throws(() => checkpointBody({ origin: "a", size: 1, root: Buffer.alloc(31) }), faultOf("checkpoint-malformed"))
  const full = { origin: "a", size: 0, root: Buffer.alloc(32), extensions: ["x", "y z"] }
  assert.deepEqual(parseCheckpoint(checkpointBody(full)), full)
})

const log = { name: "hub.example/log", key: keyOfSeed(Buffer.alloc(32, 1)) }
const witness = { name: "tax.example/witness", key: keyOfSeed(Buffer.alloc(32, 2)) }
const logKey = noteKey(log.name, log.key)
const witnessKey = noteKey(witness.name, witness.key, "cosignature")
const body = checkpointBody({ origin: log.name, size: 7, root: Buffer.alloc(32, 9) })
const cosigned = signNote(body, log) + signatureLine(cosign(body, witness, 1_760_000_000))

test("a cosigned checkpoint says who vouches for it and when", () => {
  const opened = openCheckpoint(cosigned, logKey, [witnessKey])
  assert.deepEqual([opened.origin, opened.size, opened.log.key.name], [log.name, 7, log.name])
  assert.deepEqual(
    opened.witnesses.map(({ key, time }) => [key.name, time]),
    [[witness.name, 1_760_000_000]],
  )
  assert.deepEqual(openCheckpoint(cosigned, logKey).witnesses, [])
  assert.equal(openCheckpoint(Buffer.from(cosigned), logKey, [parseNoteKey(noteKeyText(witnessKey))]).witnesses.length, 1)
})

test("a cosignature is over time and checkpoint, by a key of its own kind", () => {
  const { id, signature } = cosign(body, witness, 1_760_000_000)
  const raw = witnessKey.key.export({ format: "der", type: "spki" }).subarray(-32)
  const digest = createHash("sha256").update(`${witness.name}\n\u0004`).update(raw).digest()
  assert.equal(id, digest.readUInt32BE(0))
  assert.equal(signature.length, 72)
  assert.notEqual(id, noteKey(witness.name, witness.key).id)
  for (const time of [-1, 1.5, Number.NaN, 2 ** 53]) assert.throws(() => cosign(body, witness, time), RangeError)
  assert.throws(
    () => openCheckpoint(signNote(body, witness), noteKey(witness.name, witness.key, "cosignature")),
    faultOf("note-unsigned"),
  )
})

test("a checkpoint that the log has not signed, or of another log, is refused", () => {
  const byWitness = `${body}\n${signatureLine(cosign(body, witness, 1))}`
  assert.throws(() => openCheckpoint(byWitness, logKey, [witnessKey]), faultOf("note-unsigned"))
  const ofOther = checkpointBody({ origin: "other.example", size: 7, root: Buffer.alloc(32, 9) })
  assert.throws(() => openCheckpoint(signNote(ofOther, log), logKey), faultOf("checkpoint-malformed"))
  assert.equal(openCheckpoint(signNote(ofOther, log), logKey, [], "other.example").size, 7)
  assert.throws(() => openCheckpoint(signNote("hello\n", log), logKey), faultOf("checkpoint-malformed"))
})

test("no bit of a cosigned checkpoint can be flipped unseen", () => {
  const bytes = Buffer.from(cosigned)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    try {
      // A changed name or id makes it the signature of somebody unknown: the witness no longer vouches, the text stands.
      const opened = openCheckpoint(bytes, logKey, [witnessKey])
      assert.deepEqual([opened.note.text, opened.witnesses], [body, []], `bit ${bit}`)
    } catch (error) {
      assert.ok(error instanceof NoteError, `bit ${bit}: ${error}`)
    }
    bytes[bit >> 3]! ^= 1 << (bit & 7)
  }
})

const leaves = Array.from({ length: 200 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))
const head = (size: number) => ({ size, root: rootHash(leaves.slice(0, size)) })
const forked = (size: number) => ({ size, root: rootHash(leaves.map((leaf, i) => (i === 0 ? leaves[1]! : leaf)).slice(0, size)) })

test("a witness accepts a log that grew, and sees what is new", () => {
  const sizes = fc.nat({ max: 200 }).chain((to) => fc.tuple(fc.nat({ max: to }), fc.constant(to)))
  fc.assert(
    fc.property(sizes, ([from, to]) => {
      const judged = judgeCheckpoint(head(from), head(to), consistencyProof(leaves.slice(0, to), from))
      assert.deepEqual(judged, { accepted: true, isNew: to > from })
    }),
  )
  assert.deepEqual(judgeCheckpoint(undefined, head(5), []), { accepted: true, isNew: true })
})

test("a witness refuses, and says precisely why", () => {
  const proof = consistencyProof(leaves.slice(0, 9), 5)
  const reason = (...given: Parameters<typeof judgeCheckpoint>) => {
    const judged = judgeCheckpoint(...given)
    return judged.accepted ? "accepted" : judged.reason
  }
  assert.equal(reason(head(5), head(9), proof), "accepted")
  assert.equal(reason(head(6), head(9), proof, 5), "stale")
  assert.equal(reason(undefined, head(9), proof, 5), "stale")
  assert.equal(reason(head(9), head(5), []), "rollback")
  assert.equal(reason(head(5), forked(5), []), "fork")
  assert.equal(reason(undefined, { size: 0, root: Buffer.alloc(32) }, []), "fork")
  assert.equal(reason(head(5), forked(9), proof), "unproven")
  assert.equal(reason(forked(5), head(9), proof), "unproven")
  assert.equal(reason(head(5), head(9), []), "unproven")
  assert.equal(reason(head(5), head(5), proof), "unproven")
  assert.equal(reason(undefined, head(9), proof, 0), "unproven")
  assert.equal(reason(head(5), { size: Number.NaN, root: head(9).root }, proof), "unproven")
})

test("no forked history is accepted, whichever proof comes with it", () => {
  const forks = fc.nat({ max: 198 }).chain((n) => fc.tuple(fc.constant(n + 1), fc.integer({ min: n + 2, max: 200 })))
  fc.assert(
    fc.property(forks, fc.boolean(), ([from, to], own) => {
      const theirs = leaves.map((leaf, i) => (i === 0 ? leaves[1]! : leaf)).slice(0, to)
      const proof = consistencyProof(own ? theirs : leaves.slice(0, to), from)
      assert.deepEqual(judgeCheckpoint(head(from), forked(to), proof), { accepted: false, reason: "unproven" })
    }),
  )
})
