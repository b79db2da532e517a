// Identifiers: read, written, doubted. The cast lives in the instance VN: a population register, Lan's commune and a hospital.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type IdType, idParts, parseClientId, parseId, printId, providerOf, type Reading, sameId, type XRoadId } from "./index.ts"

const taken = <T>(reading: Reading<T>): T => {
  assert.ok(reading.ok, reading.ok ? "" : reading.message)
  return reading.value
}
const codeOf = (reading: Reading<unknown>): string | undefined => (reading.ok ? undefined : reading.code)

test("the commune's subsystem and its member are told apart by the number of parts", () => {
  assert.deepEqual(taken(parseClientId("VN/GOV/900101/desk")), {
    type: "SUBSYSTEM",
    instance: "VN",
    memberClass: "GOV",
    memberCode: "900101",
    subsystem: "desk",
  })
  assert.equal(taken(parseClientId("VN/GOV/900101")).type, "MEMBER")
  for (const text of ["VN/GOV", "VN", "", "VN/GOV/900101/desk/read", "VN//900101", "VN/GOV/900101/"])
    assert.equal(codeOf(parseClientId(text)), "InternalError", text)
})

test("a service is of a subsystem, of a member, or has a version", () => {
  const person = { type: "SERVICE", instance: "VN", memberClass: "GOV", memberCode: "900100" } as const
  assert.deepEqual(taken(parseId("SERVICE", "VN/GOV/900100/population/person")), {
    ...person,
    subsystem: "population",
    service: "person",
  })
  assert.deepEqual(taken(parseId("SERVICE", "VN/GOV/900100/person")), { ...person, service: "person" })
  assert.deepEqual(taken(parseId("SERVICE", "VN/GOV/900100/population/person/v1")), {
    ...person,
    subsystem: "population",
    service: "person",
    version: "v1",
  })
  assert.equal(printId({ ...person, service: "person", version: "v1" }), "VN/GOV/900100//person/v1")
  assert.equal(providerOf({ ...person, service: "person" }).type, "MEMBER")
  assert.equal(providerOf({ ...person, subsystem: "population", service: "person" }).type, "SUBSYSTEM")
})

test("each part is percent-encoded UTF-8 by itself, as X-Road's own test sends it", () => {
  const id = taken(parseId("SERVICE", "EE/BUSINESS/producer/s%2Fub/%C3%B6%C3%A4%C3%A5"))
  assert.deepEqual(idParts(id), ["EE", "BUSINESS", "producer", "s/ub", "öäå"])
  assert.equal(printId(id), "EE/BUSINESS/producer/s%2Fub/%C3%B6%C3%A4%C3%A5")
  assert.equal(printId({ type: "LOCALGROUP", group: "a+b,c=d.(e)'f'-g" }), "a+b,c=d.(e)'f'-g")
  for (const broken of ["%", "%2", "%zz", "%ff", "%c0%af", "a%00b"])
    assert.equal(codeOf(parseId("LOCALGROUP", broken)), "InternalError", broken)
})

test("suspicious characters are accepted and reported", () => {
  const reading = parseClientId("VN/GOV/900%2F101/a%3Ab%3Bc%25d%5Ce%E2%80%8Bf%EF%BB%BFg%0Ah")
  assert.ok(reading.ok)
  assert.deepEqual(
    reading.warnings.map((w) => `${w.part} ${w.character}`),
    [
      "memberCode U+002F",
      "subsystem U+003A",
      "subsystem U+003B",
      "subsystem U+0025",
      "subsystem U+005C",
      "subsystem U+200B",
      "subsystem U+FEFF",
      "subsystem U+000A",
    ],
  )
  const dots = parseClientId("VN/GOV/..")
  assert.deepEqual(dots.ok && dots.warnings, [{ part: "memberCode", reason: "dot-segment" }])
  const plain = parseClientId("VN/GOV/900101/sổ-hộ-tịch")
  assert.deepEqual(plain.ok && plain.warnings, [])
})

test("parts have a limit, and so has the whole", () => {
  assert.ok(parseId("LOCALGROUP", "g".repeat(255)).ok)
  assert.equal(codeOf(parseId("LOCALGROUP", "g".repeat(256))), "InternalError")
  assert.equal(codeOf(parseClientId("/".repeat(1_000_000))), "InternalError")
})

test("the colon form of the administration interface reads and writes the same identifiers", () => {
  const desk = taken(parseClientId("VN:GOV:900101:desk", ":"))
  assert.equal(printId(desk), "VN/GOV/900101/desk")
  assert.equal(printId(desk, ":"), "VN:GOV:900101:desk")
  assert.equal(printId({ type: "GLOBALGROUP", instance: "VN", group: "a:b" }, ":"), "VN:a%3Ab")
})

test("a right to a service is a right to each of its versions", () => {
  const v1 = taken(parseId("SERVICE", "VN/GOV/900100/population/person/v1"))
  const v2 = taken(parseId("SERVICE", "VN/GOV/900100/population/person/v2"))
  assert.ok(sameId(v1, v2))
  assert.ok(!sameId(v1, taken(parseId("SERVICE", "VN/GOV/900100/population/persons"))))
  assert.ok(!sameId(taken(parseId("SUBSYSTEM", "VN/GOV/1/a")), taken(parseId("SERVER", "VN/GOV/1/a"))))
})

const part = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => !text.includes("\0") && text.length <= 255 && !/\p{Surrogate}/u.test(text))
const owner = { instance: part, memberClass: part, memberCode: part }
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { noNullPrototype: true })
const ids: fc.Arbitrary<XRoadId> = fc.oneof(
  record({ type: fc.constant("MEMBER" as const), ...owner }),
  record({ type: fc.constant("SUBSYSTEM" as const), ...owner, subsystem: part }),
  record({ type: fc.constant("SERVER" as const), ...owner, server: part }),
  fc.record(
    { type: fc.constant("SERVICE" as const), ...owner, subsystem: part, service: part, version: part },
    { requiredKeys: ["type", "instance", "memberClass", "memberCode", "service"], noNullPrototype: true },
  ),
  record({ type: fc.constant("GLOBALGROUP" as const), instance: part, group: part }),
  record({ type: fc.constant("LOCALGROUP" as const), group: part }),
)

test("every identifier that is written is read back as it was, in both forms", () => {
  fc.assert(
    fc.property(ids, fc.constantFrom("/" as const, ":" as const), (id, separator) => {
      assert.deepEqual(taken(parseId<IdType>(id.type, printId(id, separator), separator)), id)
    }),
  )
})

test("whatever a stranger writes is an identifier or refused, never a crash", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseClientId(text)))
  fc.assert(
    fc.property(fc.webPath({ size: "large" }), (text) => {
      const reading = parseId("SERVICE", text.slice(1))
      if (reading.ok) assert.deepEqual(taken(parseId("SERVICE", printId(reading.value))), reading.value)
    }),
  )
})
