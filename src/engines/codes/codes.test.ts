// Codes of the model country against published vectors, and of an invented country to show that the rules are data.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  checkDigit,
  compileDossierCode,
  crc16,
  formatDossierCode,
  type MerchantQrScheme,
  merchantQr,
  newPersonalNumber,
  type PersonalNumberRules,
  parseDossierCode,
  parseMerchantQr,
  parsePersonalNumber,
  validateOrganisationNumber,
  validatePersonalNumber,
} from "./index.ts"

const rules: PersonalNumberRules = {
  pattern: "PPPCYYNNNNNN",
  centurySex: [
    { from: 1900, to: 1999, male: "0", female: "1" },
    { from: 2000, to: 2099, male: "2", female: "3" },
    { from: 2100, to: 2199, male: "4", female: "5" },
  ],
  prefixes: { "001": "Hà Nội", "079": "Thành phố Hồ Chí Minh" },
  synthetic: { from: "900", to: "999" },
}

test("Lan's number says woman, born in 1996, invented", () => {
  const lan = "901196000123"
  assert.deepEqual(parsePersonalNumber(rules, lan), { prefix: "901", synthetic: true, sex: "female", birthYear: 1996 })
  assert.deepEqual(validatePersonalNumber(rules, lan), [])
  assert.deepEqual(validatePersonalNumber(rules, lan, { sex: "female", birthDate: "1996-05-04", today: "2026-03-09" }), [])
  assert.deepEqual(validatePersonalNumber(rules, lan, { sex: "male" }), ["sex-differs"])
  assert.deepEqual(validatePersonalNumber(rules, lan, { birthDate: "1997-05-04" }), ["birth-date-differs"])
  assert.deepEqual(validatePersonalNumber(rules, lan, { realOnly: true }), ["synthetic"])
})

test("a wrong number is refused with its reason", () => {
  const reasons: [string, string[]][] = [
    ["", ["not-digits"]],
    ["90119600012x", ["not-digits"]],
    ["９０１１９６０００１２３", ["not-digits"]],
    ["90119600012", ["wrong-length"]],
    ["100196000123", ["prefix-unknown"]],
    ["901996000123", ["century-unknown"]],
    ["901250000123", ["born-in-future"]],
  ]
  for (const [number, expected] of reasons) {
    assert.deepEqual(validatePersonalNumber(rules, number, { today: "2026-03-09" }), expected, number)
  }
})

test("a number made for a person is valid for that person", () => {
  const birth = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  const prefix = fc.oneof(fc.constantFrom("001", "079"), fc.integer({ min: 900, max: 999 }).map(String))
  fc.assert(
    fc.property(birth, prefix, fc.constantFrom("male" as const, "female" as const), fc.nat(9), (date, place, sex, digit) => {
      const birthDate = date.toISOString().slice(0, 10)
      const number = newPersonalNumber(rules, { prefix: place, sex, birthDate, random: () => digit })
      assert.deepEqual(validatePersonalNumber(rules, number, { sex, birthDate }), [])
    }),
  )
  const person = { sex: "male" as const, birthDate: "2026-03-09", random: () => 0 }
  assert.equal(newPersonalNumber(rules, { ...person, prefix: "900" }), "900226000000")
  assert.throws(() => newPersonalNumber(rules, { ...person, prefix: "100" }), RangeError)
  assert.throws(() => newPersonalNumber(rules, { ...person, prefix: "900", birthDate: "1850-01-01" }), RangeError)
})

test("an invented country writes whole birth dates and one digit of sex", () => {
  const other: PersonalNumberRules = {
    pattern: "YYYYMMDDPCNN",
    centurySex: [{ from: 1900, to: 2099, male: "1", female: "2" }],
    prefixes: { "7": "North" },
    synthetic: { from: "9", to: "9" },
  }
  const number = newPersonalNumber(other, { prefix: "7", sex: "female", birthDate: "2001-02-03", random: () => 4 })
  assert.equal(number, "200102037244")
  assert.deepEqual(validatePersonalNumber(other, number, { birthDate: "2001-02-03", sex: "female" }), [])
  assert.deepEqual(validatePersonalNumber(other, number, { birthDate: "2001-02-04" }), ["birth-date-differs"])
})

test("dossier codes are written and read by their pattern", () => {
  const pattern = "{agency}-{yyMMdd}-{seq:4}"
  const code = { agency: "H26.12.01", date: "2026-03-09", seq: 7 }
  assert.equal(formatDossierCode(pattern, code), "H26.12.01-260309-0007")
  assert.deepEqual(parseDossierCode(pattern, "H26.12.01-260309-0007"), code)
  assert.equal(formatDossierCode(pattern, { ...code, seq: 12_345 }), "H26.12.01-260309-12345")
  assert.equal(parseDossierCode(pattern, "H26.12.01-260309-12345")?.seq, 12_345)
  assert.equal(
    formatDossierCode("{agency}-{yyyyMMdd}-{seq:7}", { agency: "G09.20", date: "2026-06-09", seq: 92_637 }),
    "G09.20-20260609-0092637",
  )
  for (const wrong of [
    "",
    "H26.12.01-261309-0007",
    "H26.12.01-260309-007",
    "H26.12.01-260309-0007 ",
    "H26/12-260309-0007",
    "x".repeat(500),
  ]) {
    assert.equal(parseDossierCode(pattern, wrong), undefined, wrong)
  }
  assert.throws(() => compileDossierCode("{agency}-{yyMMdd}"), RangeError)
  assert.throws(() => compileDossierCode("{agency}-{mood}-{seq}"), RangeError)
  assert.throws(() => formatDossierCode(pattern, { ...code, seq: 0 }), RangeError)
})

const taxCode = { weights: [31, 29, 23, 19, 17, 13, 7, 5, 3], modulus: 11, minus: 10, branchDigits: 3 }

test("tax codes: the published ones hold, the wrong ones say why", () => {
  for (const valid of ["0100233488", "0314409058", "0314409058-002"])
    assert.deepEqual(validateOrganisationNumber(taxCode, valid), [], valid)
  assert.deepEqual(validateOrganisationNumber(taxCode, "0100233480"), ["check-digit-differs"])
  assert.deepEqual(validateOrganisationNumber(taxCode, "010023348"), ["wrong-form"])
  assert.deepEqual(validateOrganisationNumber(taxCode, "0100233488-02"), ["wrong-form"])
  assert.equal(checkDigit(taxCode, "010023348"), 8)
  assert.equal(checkDigit(taxCode, "000000000"), undefined) // ten is no digit: such digits are not given out
})

// The national scheme of the model country: EMVCo merchant QR with its network's identifier.
const vietQr: MerchantQrScheme = { accountTag: "38", guid: "A000000727", service: "QRIBFTTA", currency: "704", country: "VN" }
const payments: [Parameters<typeof merchantQr>[1], string][] = [
  [
    { bank: "970436", account: "0011001234567" },
    "00020101021138570010A00000072701270006970436011300110012345670208QRIBFTTA53037045802VN6304E8DB",
  ],
  [
    { bank: "970436", account: "0011001234567", amount: 50_000, purpose: "LE PHI HS 0001" },
    "00020101021238570010A00000072701270006970436011300110012345670208QRIBFTTA53037045405500005802VN62180814LE PHI HS 000163046582",
  ],
  [
    { bank: "970415", account: "113366668888", amount: 8_000, purpose: "H26.12-260720-0001" },
    "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA5303704540480005802VN62220818H26.12-260720-000163040FFC",
  ],
]

test("payment codes are the published ones, and are read again", () => {
  assert.equal(crc16("123456789"), "29B1") // the check value of CRC-16/CCITT-FALSE
  for (const [payment, payload] of payments) {
    assert.equal(merchantQr(vietQr, payment), payload)
    const fields = parseMerchantQr(payload)
    assert.equal(fields?.get("54"), payment.amount?.toString())
    assert.equal(fields?.get("53"), "704")
  }
})

test("a payment code with any character changed is refused", () => {
  const payload = payments[1]![1]
  for (let i = 0; i < payload.length; i++) {
    const changed = payload.slice(0, i) + (payload[i] === "0" ? "1" : "0") + payload.slice(i + 1)
    assert.equal(parseMerchantQr(changed), undefined, changed)
  }
  fc.assert(fc.property(fc.string({ maxLength: 600 }), (text) => parseMerchantQr(text) === undefined))
  assert.equal(parseMerchantQr(""), undefined)
})

test("what a payment code can't carry is refused", () => {
  const pay = (change: object) => () => merchantQr(vietQr, { bank: "970436", account: "1", ...change })
  assert.throws(pay({ purpose: "x".repeat(26) }), RangeError)
  assert.throws(pay({ purpose: "Lệ phí" }), RangeError)
  assert.throws(pay({ amount: -1 }), RangeError)
  assert.throws(pay({ amount: Number.NaN }), RangeError)
  assert.throws(pay({ account: "" }), RangeError)
})
