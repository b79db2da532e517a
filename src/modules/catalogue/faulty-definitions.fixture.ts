// Definitions that must not be published, each the birth registration with one change, and what its author is told in both languages.
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Finding, serviceFiles } from "#country"

export const BIRTH = "1.001193"
const dir = resolve(import.meta.dirname, "../../../countries/viet-nam/services", BIRTH)

type Name = (typeof serviceFiles)[number]
const read = (name: Name) => readFileSync(join(dir, `${name}.yaml`), "utf8")

/** A table that the process asks, so that there is something to spoil. */
const RULES = `tables:
  - id: weight
    name: { vi: Cân nặng khi sinh, en: Weight at birth }
    law: [{ ref: 60/2014/QH13 }]
    hit: unique
    inputs:
      - { id: grams, name: { vi: Cân nặng, en: Weight }, value: birth.weightGrams }
    rules:
      - { id: light, when: ["< 2500"], then: small, because: { vi: Nhẹ cân, en: A light child } }
      - { id: usual, when: [">= 2500"], then: plain, because: { vi: Đủ cân, en: A child of the usual weight } }
`
const DECIDE =
  "  - { id: weigh, by: system, kind: decide, table: weight, name: { vi: Xem cân nặng, en: Look at the weight }, then: { small: appraise, plain: appraise } }\n"

/** The files of the birth registration, with a decision table that its process asks. */
export const texts: Readonly<Record<Name, string>> = {
  service: read("service"),
  form: read("form"),
  process: read("process")
    .replace("accept: appraise", "accept: weigh")
    .replace("  - { id: appraise", `${DECIDE}  - { id: appraise`),
  rules: RULES,
  result: read("result"),
  tests: read("tests").replace("steps: [receive, appraise", "steps: [receive, weigh, appraise"),
  words: read("words"),
}

export interface Faulty {
  /** The end of "… is refused". */
  readonly what: string
  readonly in: Name
  readonly find: string
  readonly put: string
  readonly code: Finding["code"]
  /** The file of the finding, if not that which was changed. */
  readonly at?: string
  readonly vi: string
  readonly en: string
}

const STEPS = /^steps:\n( {2}- .*\n)+/m.exec(texts.service)![0]
const LAW = /^law: .*\n/m.exec(texts.service)![0]

export const faultyContents: readonly Faulty[] = [
  {
    what: "a condition that compares a date with a number",
    in: "form",
    find: "if: birth.date > today",
    put: "if: birth.date > 18",
    code: "form-feel-type-mismatch",
    vi: "“18” có kiểu số, ở đây cần ngày.",
    en: "“18” is of the type number, where day is expected.",
  },
  {
    what: "a key that the grammar doesn't have",
    in: "service",
    find: "takesMinutes",
    put: "takesMinute",
    code: "key-unknown-near",
    vi: "Khóa “takesMinute” không có ở đây.",
    en: "There is no key “takesMinute” here.",
  },
  {
    what: "words in one language alone",
    in: "form",
    find: "{ vi: Mẹ, en: Mother }",
    put: "{ vi: Mẹ }",
    code: "language-missing",
    vi: "Thiếu tiếng “en” cho “Mẹ”.",
    en: "“Mẹ” has no words in “en”.",
  },
  {
    what: "one of the seven parts missing",
    in: "service",
    find: STEPS,
    put: "",
    code: "part-missing",
    vi: "Thiếu một trong bảy bộ phận của thủ tục: trình tự thực hiện.",
    en: "One of the seven parts of a procedure is missing: the steps.",
  },
  {
    what: "a limit without a unit",
    in: "service",
    find: "unit: working-day",
    put: "unit: unspecified",
    code: "limit-without-unit",
    vi: "Thời hạn không có đơn vị.",
    en: "The limit has no unit.",
  },
  {
    what: "a fee without its unit",
    in: "service",
    find: "online: 0, counter",
    put: "online: 8000, counter",
    code: "fee-without-unit",
    vi: "Phí không nói tính cho cái gì.",
    en: "The fee does not say what it is for.",
  },
  {
    what: "a fee called free whose note tells an amount",
    in: "service",
    find: 'en: "Free when on time;',
    put: 'en: "Free, late 8,000 VND;',
    code: "fee-against-note",
    vi: "Ghi miễn phí, nhưng ghi chú nói 8,000 VND.",
    en: "It is called free, but the note speaks of 8,000 VND.",
  },
  {
    what: "a discount that is over",
    in: "service",
    find: '  note: { vi: "Miễn phí',
    put: '  discounts: [{ amounts: { online: 0 }, until: 2025-12-31, law: { ref: 63/2023/TT-BTC } }]\n  note: { vi: "Miễn phí',
    code: "discount-expired",
    vi: "Mức giảm phí đã hết hạn ngày 2025-12-31.",
    en: "The discount ended on 2025-12-31.",
  },
  {
    what: "an agency's address that the form doesn't have",
    in: "service",
    find: "of: [mother.residence",
    put: "of: [mother.home",
    code: "address-unknown",
    vi: "“mother.home” không phải địa chỉ trong biểu mẫu.",
    en: "“mother.home” is no address of the form.",
  },
  {
    what: "a paper handed in that a register holds",
    in: "service",
    find: "kind: evidence, from: population/person",
    put: "kind: submit, from: population/person",
    code: "paper-held-by-register",
    vi: "Bắt nộp giấy “id-doc” mà sổ “population/person” đã có.",
    en: "The paper “id-doc” is asked for although “population/person” holds it.",
  },
  {
    what: "a field that asks for what a register holds",
    in: "form",
    find: "pages:\n  - id: parents",
    put: "pages:\n  - id: extra\n    title: { vi: Thêm, en: More }\n    fields:\n      - { id: grandmother.birthDate, is: person.birthDate }\n  - id: parents",
    code: "form-held-by-register",
    vi: "“grandmother.birthDate” hỏi điều mà một sổ đăng ký đã có: trái nguyên tắc một lần.",
    en: "“grandmother.birthDate” asks for what a register holds, against the rule to ask once.",
  },
  {
    what: "a condition that names what isn't there",
    in: "form",
    find: "when: not(fetched.father)",
    put: "when: not(fetched.grandfather)",
    code: "form-feel-unknown-name",
    vi: "Điều kiện nhắc đến “fetched.grandfather”, không có tên đó.",
    en: "The condition names “fetched.grandfather”, which is not there.",
  },
  {
    what: "a condition that can't be read",
    in: "form",
    find: "if: birth.date > today",
    put: "if: birth.date > ) today",
    code: "form-feel-syntax",
    vi: "Biểu thức “birth.date > ) today” viết sai ở “)”.",
    en: "The expression “birth.date > ) today” can't be read at “)”.",
  },
  {
    what: "a data element that nobody knows",
    in: "form",
    find: "is: person.homeTown",
    put: "is: person.hometown",
    code: "form-unknown-element",
    vi: "Từ điển dữ liệu không có “person.hometown”.",
    en: "The vocabulary has no element “person.hometown”.",
  },
  {
    what: "a result that prints what is never known",
    in: "result",
    find: "value: child.homeTown",
    put: "value: child.birthTown",
    code: "path-unknown",
    vi: "Không có giá trị “child.birthTown”.",
    en: "There is no value “child.birthTown”.",
  },
  {
    what: "a decision that leaves out what a register requires",
    in: "service",
    find: "sex: birth.sex, birthDate: birth.date, birthPlace: birth.place, birthRegistration",
    put: "sex: birth.sex, birthPlace: birth.place, birthRegistration",
    code: "required-not-written",
    vi: "Trường bắt buộc “birthDate” không được ghi.",
    en: "The required field “birthDate” is not written.",
  },
  {
    what: "a register that may not be asked for this purpose",
    in: "service",
    find: "purpose: birth-registration",
    put: "purpose: household-business",
    code: "right-missing",
    vi: "Không quyền nào cho “commune-committee” gọi civil-status/marriage.read vì “household-business”.",
    en: "Nothing lets “commune-committee” call civil-status/marriage.read for “household-business”.",
    at: "form.yaml",
  },
  {
    what: "a test of its own that fails",
    in: "service",
    find: 'cutoff: "15:00"',
    put: 'cutoff: "16:00"',
    code: "story-failed",
    vi: "Chuyện thử “Dữ liệu giấy chứng sinh không trả lời” cho 2026-03-09 thay vì 2026-03-10 (ngày hẹn trả).",
    en: "The test “The register of birth statements is silent” gives 2026-03-09 instead of 2026-03-10 (the due day).",
    at: "tests.yaml",
  },
  {
    what: "a service without a test of its own",
    in: "tests",
    find: texts.tests,
    put: "[]\n",
    code: "story-missing",
    vi: "Thủ tục nộp trực tuyến không có chuyện thử nào.",
    en: "A service that is handed in online has no test of its own.",
    at: "service.yaml",
  },
  {
    what: "words in English alone",
    in: "form",
    find: "{ vi: Cha, en: Father }",
    put: "{ en: Father }",
    code: "language-missing",
    vi: "Thiếu tiếng “vi” cho “Father”.",
    en: "“Father” has no words in “vi”.",
  },
  {
    what: "a definition without a legal basis",
    in: "service",
    find: LAW,
    put: "law: []\n",
    code: "wrong-value",
    vi: "law: “[]” không hợp lệ, cần ít nhất 1 mục.",
    en: "law: “[]” is not valid, it has too few entries (at least 1).",
  },
  {
    what: "an end before the beginning",
    in: "service",
    find: "valid: {",
    put: "valid: { until: 2020-01-01,",
    code: "dates-reversed",
    vi: "Ngày kết thúc 2020-01-01 trước ngày bắt đầu 2025-07-01.",
    en: "The end 2020-01-01 lies before the beginning 2025-07-01.",
  },
  {
    what: "a law that is no longer in force",
    in: "service",
    find: "{ ref: 87/2020/NĐ-CP }",
    put: "{ ref: 87/2020/NĐ-CP, valid: { from: 2020-09-15, until: 2025-12-31 } }",
    code: "law-not-in-force",
    vi: "Căn cứ 87/2020/NĐ-CP có hiệu lực đến 2025-12-31.",
    en: "The legal basis 87/2020/NĐ-CP is in force until 2025-12-31.",
  },
  {
    what: "a fee under a law that is no longer in force",
    in: "service",
    find: "fee:\n",
    put: "fee:\n  law: { ref: 85/2019/TT-BTC, valid: { from: 2020-01-13, until: 2025-12-31 } }\n",
    code: "fee-law-not-in-force",
    vi: "Phí thu theo 85/2019/TT-BTC, văn bản này có hiệu lực đến 2025-12-31.",
    en: "The fee is taken under 85/2019/TT-BTC, which is in force until 2025-12-31.",
  },
]
