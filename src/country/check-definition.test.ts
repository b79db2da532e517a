// Definitions that must not be published: each is refused at its file and place, with words and a mend in both languages.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { test } from "node:test"
import { checkDefinition, type Finding, loadCountry, type ServiceTexts, serviceFiles } from "#country"

const dir = resolve(import.meta.dirname, "../../countries/viet-nam")
const country = loadCountry(dir)
const BIRTH = "1.001193"
const DAY = "2026-03-09"

type Name = (typeof serviceFiles)[number]
const texts = Object.fromEntries(
  serviceFiles.map((name) => [name, readFileSync(join(dir, "services", BIRTH, `${name}.yaml`), "utf8")]),
) as Record<Name, string>

/** The birth registration with one text replaced by another. */
function changed(name: Name, find: string, put: string): ServiceTexts {
  assert.ok(texts[name].includes(find), `${name} has no ${find}`)
  return { ...texts, [name]: texts[name].replace(find, put) }
}

const check = (definition: ServiceTexts): readonly Finding[] => checkDefinition(country, BIRTH, definition, DAY).findings

interface Faulty {
  /** The end of "… is refused". */
  readonly what: string
  readonly in: Name
  readonly find: string
  readonly put: string
  readonly code: Finding["code"]
  /** Where the finding stands, if not in the file that was changed. */
  readonly at?: Name
  /** What the words must name, in both languages. */
  readonly names?: string
}

const STEPS = /^steps:\n( {2}- .*\n)+/m.exec(texts.service)![0]

const faulty: readonly Faulty[] = [
  {
    what: "a condition that compares a date with a number",
    in: "form",
    find: "if: birth.date > today",
    put: "if: birth.date > 18",
    code: "form-feel-type-mismatch",
    names: "18",
  },
  {
    what: "a key that the grammar doesn't have",
    in: "service",
    find: "takesMinutes",
    put: "takesMinute",
    code: "key-unknown-near",
    names: "takesMinutes",
  },
  {
    what: "words in one language alone",
    in: "form",
    find: "{ vi: Mẹ, en: Mother }",
    put: "{ vi: Mẹ }",
    code: "language-missing",
    names: "Mẹ",
  },
  { what: "one of the seven parts missing", in: "service", find: STEPS, put: "", code: "part-missing", names: "steps" },
  {
    what: "a limit without a unit",
    in: "service",
    find: "unit: working-day",
    put: "unit: unspecified",
    code: "limit-without-unit",
  },
  {
    what: "a fee without its unit",
    in: "service",
    find: "online: 0, counter",
    put: "online: 8000, counter",
    code: "fee-without-unit",
  },
  {
    what: "a fee called free whose note tells an amount",
    in: "service",
    find: 'en: "Free when on time;',
    put: 'en: "Free, late 8,000 VND;',
    code: "fee-against-note",
    names: "8,000 VND",
  },
  {
    what: "a discount that is over",
    in: "service",
    find: '  note: { vi: "Miễn phí',
    put: '  discounts: [{ amounts: { online: 0 }, until: 2025-12-31, law: { ref: 63/2023/TT-BTC } }]\n  note: { vi: "Miễn phí',
    code: "discount-expired",
    names: "2025-12-31",
  },
  {
    what: "an agency's address that the form doesn't have",
    in: "service",
    find: "of: [mother.residence",
    put: "of: [mother.home",
    code: "address-unknown",
    names: "mother.home",
  },
  {
    what: "a paper handed in that a register holds",
    in: "service",
    find: "kind: evidence, from: population/person",
    put: "kind: submit, from: population/person",
    code: "paper-held-by-register",
    names: "id-doc",
  },
  {
    what: "a field that asks for what a register holds",
    in: "form",
    find: "pages:\n  - id: parents",
    put: "pages:\n  - id: extra\n    title: { vi: Thêm, en: More }\n    fields:\n      - { id: grandmother.birthDate, is: person.birthDate }\n  - id: parents",
    code: "form-held-by-register",
    names: "grandmother.birthDate",
  },
  {
    what: "a condition that names what isn't there",
    in: "form",
    find: "when: not(fetched.father)",
    put: "when: not(fetched.grandfather)",
    code: "form-feel-unknown-name",
    names: "grandfather",
  },
  {
    what: "a condition that can't be read",
    in: "form",
    find: "if: birth.date > today",
    put: "if: birth.date > ) today",
    code: "form-feel-syntax",
  },
  {
    what: "a data element that nobody knows",
    in: "form",
    find: "is: person.homeTown",
    put: "is: person.hometown",
    code: "form-unknown-element",
    names: "person.hometown",
  },
  {
    what: "a step that no path leads to",
    in: "process",
    find: "refuse: sign-refusal }",
    put: "refuse: end-refused }",
    code: "process-dead-step",
    names: "sign-refusal",
  },
  {
    what: "a step that leads nowhere",
    in: "process",
    find: "signed: register,",
    put: "signed: registry,",
    code: "process-unknown-target",
    names: "registry",
  },
  {
    what: "a process that never ends",
    in: "process",
    find: "then: { done: end }",
    put: "then: { done: register }",
    code: "process-never-ends",
    names: "register",
  },
  {
    what: "an official's step without a norm",
    in: "process",
    find: "hours: 3, kind: appraise",
    put: "kind: appraise",
    code: "process-norm-missing",
    names: "appraise",
  },
  {
    what: "steps that take longer than the law allows",
    in: "process",
    find: "hours: 3, kind: appraise",
    put: "hours: 9, kind: appraise",
    code: "process-norms-over-limit",
    names: "12",
  },
  {
    what: "a step that nobody in the unit can do",
    in: "process",
    find: "by: appraiser, unit: office",
    put: "by: collector, unit: office",
    code: "step-held-by-nobody",
    names: "collector",
  },
  {
    what: "an examiner who may sign",
    in: "process",
    find: "unit: leadership, not: [appraise], hours: 2, kind: sign, name: { vi: Phê",
    put: "unit: leadership, hours: 2, kind: sign, name: { vi: Phê",
    code: "one-pair-of-eyes",
    names: "sign",
  },
  {
    what: "a clock that runs while the citizen answers",
    in: "process",
    find: "clock: suspended, ",
    put: "",
    code: "process-clock-runs",
    names: "wait-citizen",
  },
  {
    what: "a check that has no words",
    in: "process",
    find: "checks: [identity,",
    put: "checks: [descent,",
    code: "words-missing",
    names: "check-descent",
  },
  {
    what: "a result that prints what is never known",
    in: "result",
    find: "value: child.homeTown",
    put: "value: child.birthTown",
    code: "path-unknown",
    names: "child.birthTown",
  },
  {
    what: "a decision that leaves out what a register requires",
    in: "service",
    find: "sex: birth.sex, birthDate: birth.date, birthPlace: birth.place, birthRegistration",
    put: "sex: birth.sex, birthPlace: birth.place, birthRegistration",
    code: "required-not-written",
    names: "birthDate",
  },
  {
    what: "a register that may not be asked for this purpose",
    in: "service",
    find: "purpose: birth-registration",
    put: "purpose: household-business",
    code: "right-missing",
    at: "form",
    names: "household-business",
  },
  {
    what: "a test of its own that fails",
    in: "service",
    find: 'cutoff: "15:00"',
    put: 'cutoff: "16:00"',
    code: "story-failed",
    at: "tests",
    names: "2026-03-10",
  },
  {
    what: "a service without a test of its own",
    in: "tests",
    find: texts.tests,
    put: "[]\n",
    code: "story-missing",
    at: "service",
  },
]

test("the birth registration itself has nothing against it", () => {
  assert.deepEqual(check(texts), [])
})

test("there are at least twenty kinds of faulty definitions", () => {
  assert.ok(new Set(faulty.map(({ code }) => code)).size >= 20)
})

for (const { what, code, names, ...change } of faulty)
  test(`${what} is refused`, () => {
    const findings = check(changed(change.in, change.find, change.put))
    const found = findings.find((finding) => finding.code === code)
    assert.ok(found, `${code} is not among ${findings.map((f) => `${f.file}:${f.line} ${f.code}`).join(", ")}`)
    assert.equal(found.file, `services/${BIRTH}/${change.at ?? change.in}.yaml`)
    assert.ok(found.line >= 1 && found.column >= 1)
    for (const lang of ["vi", "en"])
      for (const words of [found.words[lang], found.mend[lang]]) {
        assert.ok(words && words.length > 8, `${lang} says nothing`)
        assert.doesNotMatch(words, /\{\w+\}|undefined|\[object|“”/)
      }
    assert.notEqual(found.words.vi, found.words.en)
    if (names !== undefined)
      for (const lang of ["vi", "en"])
        assert.ok(found.words[lang]!.includes(names) || found.mend[lang]!.includes(names), found.words[lang])
  })
