// The papers of a case: receipt (01), supplement (02), refusal (03), and the result that the agency signs.
import { type Agency, countryOf, findPosition, type ResultDefinition, textIn } from "#country"
import { issueDocument, listCaseUploads, type Row, type Section, type Template } from "#documents"
import { printedValue } from "#engines/form"
import type { Tx } from "#platform/db"
import type { Dossier } from "./dossier.ts"
import { feeDue } from "./fee-due.ts"
import { formContext } from "./form-context.ts"
import type { OpenCase } from "./move.ts"
import { type PaperWord, paperWord } from "./paper-words.ts"
import { valueAt } from "./paths.ts"
import { nextNumber, selectSupplements } from "./store.ts"

const kinds = { "01": "receipt", "02": "supplement-request", "03": "refusal" } as const
type PaperForm = keyof typeof kinds

/** Issues one of the one-stop shop's papers for a case, sealed with the agency's key. */
export async function issuePaper(tx: Tx, open: OpenCase, form: string, today: string): Promise<void> {
  if (!Object.hasOwn(kinds, form)) throw new Error(`no paper of the form ${form}`)
  const { dossier, agency } = open
  const country = countryOf(tx)
  const title = country.forms.find((f) => f.code === form || f.id === kinds[form as PaperForm])
  const lines =
    form === "01" ? await receiptLines(tx, open) : form === "02" ? await supplementLines(tx, open) : refusalLines(tx, open)
  await issueDocument(tx, {
    ...issuer(open),
    kind: kinds[form as PaperForm],
    template: {
      ...head(tx, agency, dossier.lang, today),
      title: title ? textIn(title.name, dossier.lang) : form,
      number: `${textIn(country.documentHead.numberLabel, dossier.lang)} ${dossier.code}`,
      holder: dossier.applicant,
      particulars: {
        dossierCode: dossier.code,
        procedureCode: dossier.service,
        ...(form === "01" && { appointment: dossier.dueAt.toISOString() }),
      },
      lines: [...subjectLines(open), ...lines],
      sections: [],
    },
    sign: true,
  })
}

/** Issues and signs the result of a case after result.yaml, and gives the dossier with the result's number. */
export async function issueResult(tx: Tx, open: OpenCase, today: string): Promise<Dossier> {
  const { service, agency } = open
  if (!service.result) return open.dossier
  const seq = await nextNumber(tx, agency.id, service.result.code, `${today.slice(0, 4)}-01-01`)
  const resultNumber = service.result.number
    .replace("{seq}", String(seq))
    .replace("{yyyy}", today.slice(0, 4))
    .replace("{agency}", agency.code)
  const dossier = { ...open.dossier, facts: { ...open.dossier.facts, resultNumber } }
  const now = { ...open, dossier }
  await issueDocument(tx, {
    ...issuer(open),
    kind: "result",
    template: {
      ...head(tx, agency, dossier.lang, dossier.facts.decidedOn ?? today),
      title: textIn(service.result.title, dossier.lang),
      number: `${textIn(countryOf(tx).documentHead.numberLabel, dossier.lang)} ${resultNumber}`,
      holder: holderOf(tx, now, service.result, today),
      particulars: particularsOf(tx, now, service.result, today),
      lines: [],
      sections: sectionsOf(tx, now, service.result, today),
      ...signerOf(tx, open),
    },
    sign: true,
  })
  return dossier
}

const issuer = ({ dossier, agency }: OpenCase) => ({
  agency: agency.id,
  agencyName: textIn(agency.name, dossier.lang),
  subject: dossier.subject,
  caseId: dossier.id,
  lang: dossier.lang,
})

function head(tx: Tx, agency: Agency, lang: string, date: string): Pick<Template, "header" | "place" | "date"> {
  const country = countryOf(tx)
  const { country: state, motto } = country.documentHead
  const parent = agency.parent ? country.agencies.get(agency.parent) : undefined
  const [year, month, day] = date.split("-") as [string, string, string]
  const place = textIn(agency.place ?? agency.name, lang)
  return {
    header: {
      agency: [...(parent ? [textIn(parent.name, lang)] : []), textIn(agency.name, lang)],
      state: [textIn(state, lang), ...(motto ? [textIn(motto, lang)] : [])],
    },
    place: paperWord(lang, "dated", { place, day: String(Number(day)), month: String(Number(month)), year }),
    date,
  }
}

function subjectLines({ dossier, service }: OpenCase): Row[] {
  const word = (key: PaperWord) => paperWord(dossier.lang, key)
  return [
    { label: word("code"), value: dossier.code },
    { label: word("applicant"), value: dossier.applicant },
    { label: word("service"), value: `${textIn(service.definition.name, dossier.lang)} (${service.definition.code})` },
  ]
}

async function receiptLines(tx: Tx, { dossier, service, agency }: OpenCase): Promise<Row[]> {
  const { lang } = dossier
  const word = (key: PaperWord, params?: Record<string, string | number>) => paperWord(lang, key, params)
  const { limit, papers } = service.definition
  const answered = new Set(
    Object.values(dossier.values).flatMap(({ state, source }) => (state === "verified" && source ? source.register : [])),
  )
  const fetched = papers
    .filter(({ from }) => from && answered.has(from))
    .map((paper) => `${textIn(paper.name, lang)} (${word("fetched")})`)
  const sent = (await listCaseUploads(tx, dossier.id)).map((file) => `${file.name} (${word("sent")})`)
  const fee = feeDue(service.definition)
  return [
    ...(fetched.length + sent.length > 0 ? [{ label: word("papers"), value: [...fetched, ...sent].join("; ") }] : []),
    { label: word("sets"), value: "1" },
    { label: word("limit"), value: word(limit.unit, { value: limit.value }) },
    { label: word("received"), value: moment(tx, dossier.submittedAt, lang) },
    { label: word("due"), value: moment(tx, dossier.dueAt, lang) },
    ...(fee
      ? [{ label: word("fee"), value: word("feeDue", { fee: money(tx, fee, service.definition.fee.currency, lang) }) }]
      : []),
    { label: word("place"), value: word("online") },
    ...contactLine(agency, lang),
  ]
}

/** An amount as the language writes it. */
function money(tx: Tx, amount: number, currency: string | undefined, lang: string): string {
  const { locales, currency: own } = countryOf(tx)
  const style = { style: "currency", currency: currency ?? own.code, trailingZeroDisplay: "stripIfInteger" } as const
  return new Intl.NumberFormat(locales[lang] ?? lang, style).format(amount)
}

async function supplementLines(tx: Tx, { dossier, service, agency }: OpenCase): Promise<Row[]> {
  const { lang } = dossier
  const last = (await selectSupplements(tx, agency.id, dossier.id)).at(-1)
  const items = (last?.items ?? []).map((item) => {
    const field = service.form.fields.get(item.field)
    return { label: field ? textIn(field.name, lang) : item.field, value: item.reason }
  })
  const until = last?.answerUntil
  return [
    ...items,
    ...(until ? [{ label: paperWord(lang, "answerUntil"), value: moment(tx, until, lang) }] : []),
    ...contactLine(agency, lang),
  ]
}

const refusalLines = (_: Tx, { dossier, agency }: OpenCase): Row[] => [
  { label: paperWord(dossier.lang, "reason"), value: dossier.facts.refusal ?? "" },
  ...contactLine(agency, dossier.lang),
]

function contactLine(agency: Agency, lang: string): Row[] {
  const ways = [agency.address, agency.phone, agency.email].filter((way) => way !== undefined)
  return ways.length > 0 ? [{ label: paperWord(lang, "contact"), value: ways.join(", ") }] : []
}

/** Date and time where the agency is, as its language writes them. */
function moment(tx: Tx, at: Date, lang: string): string {
  const { locales, timeZone } = countryOf(tx)
  return new Intl.DateTimeFormat(locales[lang] ?? lang, { dateStyle: "long", timeStyle: "short", timeZone }).format(at)
}

function sectionsOf(tx: Tx, open: OpenCase, result: ResultDefinition, today: string): Section[] {
  const { lang } = open.dossier
  return result.sections.map((section) => ({
    ...(section.title && { heading: textIn(section.title, lang) }),
    lines: section.fields
      .map((field) => ({ label: textIn(field.label, lang), value: textAt(tx, open, field.value, today) }))
      .filter((row) => row.value !== ""),
  }))
}

/** The value of a path in words: a field as the form writes it, everything else as text. */
function textAt(tx: Tx, open: OpenCase, path: string, today: string): string {
  const value = valueAt(open, path, today)
  if (value === undefined || value === null) return ""
  const field = open.service.form.fields.get(path)
  if (field) return printedValue(field, value, formContext(tx, open.dossier.lang))
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return String(value).split("-").reverse().join("/")
  return String(value)
}

/** What the QR carries: the codes of the case, and those that result.yaml names by the ids of the particulars. */
function particularsOf(tx: Tx, open: OpenCase, result: ResultDefinition, today: string): Template["particulars"] {
  const named = (id: string) => result.particulars.filter((p) => p.id === id).map((p) => textAt(tx, open, p.value, today))[0]
  const holderCode = named("personal-number")
  const validity = named("validity")
  return {
    dossierCode: open.dossier.code,
    procedureCode: open.dossier.service,
    ...(holderCode && { holderCode }),
    ...(validity && { validity }),
  }
}

/** Whom the result is about: what its first particular about a person says, else the applicant. */
function holderOf(tx: Tx, open: OpenCase, result: ResultDefinition, today: string): string {
  const named = result.particulars.find((p) => p.id === "holder")
  return (named && textAt(tx, open, named.value, today)) || open.dossier.applicant
}

function signerOf(tx: Tx, { dossier, agency }: OpenCase): Pick<Template, "signer"> {
  const { signer } = dossier.facts
  if (!signer) return {}
  const position = findPosition(countryOf(tx), `${agency.id}/${signer.position}`)?.position
  return { signer: { name: signer.name, position: position ? textIn(position.name, dossier.lang) : signer.position } }
}
