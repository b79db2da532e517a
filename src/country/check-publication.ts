// The check of what the law and good order ask of a definition before it is published, beyond being well formed.
import { compileFeel, FeelError } from "#engines/feel"
import type { Form } from "#engines/form"
import { compileProcess, type Process, type ProcessDefinition } from "#engines/process"
import { actStory } from "./act-story.ts"
import { type Checking, hoursOf } from "./checking.ts"
import { findRecord } from "./country.ts"
import { titleOf } from "./engine-findings.ts"
import type { ServicePart } from "./pack.ts"
import type { Keys } from "./source.ts"
import type { Law, Text } from "./text.ts"

/** The level from which a service is handed in online, and has to be whole. */
const ONLINE_LEVEL = 3

/**
 * Everything that stands in the way of publishing a service: the seven parts of a procedure, fee against note, discounts that are over on
 * `day`, papers that a register holds, the words of checks, four eyes, limits by channel, and its own stories. `form` is there when it compiles.
 */
export function checkPublication(c: Checking, part: ServicePart, form: Form | undefined, day: string | undefined): void {
  checkParts(c, part)
  checkFeeWords(c, part)
  checkDiscounts(c, part, day)
  checkLaws(c, part, day)
  checkPapers(c, part, form)
  const process = part.process && compiledProcess(part.process.data)
  if (!process) return
  checkStepWords(c, part)
  checkEyes(c, part)
  checkChannelLimits(c, part, process)
  if (form) checkStories(c, part, form, process)
}

function compiledProcess(data: unknown): Process | undefined {
  try {
    return compileProcess(data)
  } catch {
    return undefined // its faults have been told
  }
}

/** Name, steps, manner, papers, limit, audience, agency (Decree 63/2010/NĐ-CP art. 8, Decision 766/QĐ-TTg component 1.3). */
function checkParts(c: Checking, { definition: { source, data }, form }: ServicePart): void {
  if (data.level < ONLINE_LEVEL) return
  const missing = (key: string, vi: string, en: string) => c.report(source, [], "part-missing", { key, vi, en })
  if (!data.steps?.length) missing("steps", "trình tự thực hiện", "the steps")
  if (data.papers.length === 0 && !form) missing("papers", "thành phần hồ sơ", "the papers")
  const { agency, kind, name } = data.authority
  if (!agency && !kind && !name) missing("authority.kind", "cơ quan giải quyết", "the agency that decides")
}

/** "Free" as the number while the note holds the fee. */
function checkFeeWords(c: Checking, { definition: { source, data } }: ServicePart): void {
  const { fee } = data
  const amounts = Object.values(fee.amounts ?? {})
  if (!fee.note || amounts.length === 0 || amounts.some((amount) => amount > 0)) return
  const { code, name } = c.country.currency
  const units = [code, "đồng", "đ", "₫", ...Object.values(name)].map((unit) => unit.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  const money = new RegExp(`\\d[\\d.,]*\\s?(${units.join("|")})(?!\\p{L})`, "iu")
  const found = Object.values(fee.note).map((words) => money.exec(words)?.[0])
  const amount = found.find((each) => each !== undefined)
  if (amount !== undefined) c.report(source, ["fee", "note"], "fee-against-note", { amount })
}

function checkDiscounts(c: Checking, { definition: { source, data } }: ServicePart, day: string | undefined): void {
  data.fee.discounts?.forEach(({ amounts, until }, i) => {
    const keys: Keys = ["fee", "discounts", i]
    if (day !== undefined && until < day) c.report(source, [...keys, "until"], "discount-expired", { until })
    for (const [name, amount] of Object.entries(amounts)) {
      const full = data.fee.amounts?.[name]
      if (full === undefined || amount >= full) c.report(source, [...keys, "amounts", name], "discount-no-discount", { name })
    }
  })
}

/** Every text that the service rests on is in force on `day`: its own laws, and that of its fee. */
function checkLaws(c: Checking, { definition: { source, data } }: ServicePart, day: string | undefined): void {
  if (day === undefined) return
  const valid = new Map(data.law.flatMap((law) => (law.valid ? [[law.ref, law.valid] as const] : [])))
  const tell = (keys: Keys, code: "law-not-in-force" | "fee-law-not-in-force", { ref, valid: own }: Law) => {
    const { from, until } = own ?? valid.get(ref) ?? {}
    if (from !== undefined && day < from)
      c.report(source, keys, code, { ref, when: { vi: `chỉ từ ${from}`, en: `only from ${from}` } })
    if (until !== undefined && until < day)
      c.report(source, keys, code, { ref, when: { vi: `đến ${until}`, en: `until ${until}` } })
  }
  for (const [i, law] of data.law.entries()) tell(["law", i], "law-not-in-force", law)
  if (data.fee.law) tell(["fee", "law"], "fee-law-not-in-force", data.fee.law)
}

/** Once: what a register holds isn't handed in; and the conditions of papers are FEEL over the form. */
function checkPapers(c: Checking, { definition: { source, data } }: ServicePart, form: Form | undefined): void {
  data.papers.forEach(({ id, kind, from, when }, i) => {
    if ((kind === "submit" || kind === "present") && from !== undefined && findRecord(c.country, from))
      c.report(source, ["papers", i], "paper-held-by-register", { name: id, from })
    if (when === undefined || !form) return
    try {
      compileFeel(when, [...form.fields.keys(), "applicant", "today"])
    } catch (error) {
      if (!(error instanceof FeelError)) throw error
      const near = when.slice(error.from, Math.max(error.to, error.from + 1)) || when
      c.report(source, ["papers", i, "when"], "condition-wrong", { name: id, near })
    }
  })
}

const stepsOf = (part: ServicePart) => (part.process!.data as ProcessDefinition).steps

/** What an examiner ticks has words in words.yaml. */
function checkStepWords(c: Checking, part: ServicePart): void {
  stepsOf(part).forEach((step, i) => {
    step.checks?.forEach((check, j) => {
      const key = `check-${check}`
      if (!part.words?.data[key])
        c.report(part.process!, ["steps", i, "checks", j], "words-missing", { key, step: titleOf(step, ["steps", i]) })
    })
  })
}

/** Who examined doesn't sign. */
function checkEyes(c: Checking, part: ServicePart): void {
  const examined = stepsOf(part).filter((step) => step.kind === "appraise")
  stepsOf(part).forEach((step, i) => {
    if (step.kind !== "sign" || step.by === "system") return
    const kept = new Set([step.not ?? []].flat())
    const free = examined.find(({ id }) => !kept.has(id))
    if (free) c.report(part.process!, ["steps", i], "one-pair-of-eyes", { step: titleOf(step, ["steps", i]), asker: free.id })
  })
}

function checkChannelLimits(c: Checking, { definition: { source, data } }: ServicePart, process: Process): void {
  const { channels, unit } = data.limit
  for (const [name, value] of Object.entries(channels ?? {})) {
    const limit = hoursOf(c, { value, unit })
    if (limit === undefined || process.normHours <= limit) continue
    const params = { name, limit, hours: process.normHours }
    c.report(source, ["limit", "channels", name], "channel-limit-too-short", params)
  }
}

/** What a story expects, as its author would say it. */
const storyWords: Readonly<Record<string, Text>> = {
  fetched: { vi: "lấy được từ sổ", en: "fetched from registers" },
  asked: { vi: "phải hỏi", en: "asked" },
  error: { vi: "lỗi báo cho người dân", en: "the error told" },
  end: { vi: "nộp được", en: "it can be handed in" },
  due: { vi: "ngày hẹn trả", en: "the due day" },
  fee: { vi: "phí", en: "the fee" },
  steps: { vi: "các bước", en: "the steps" },
}

function checkStories(c: Checking, part: ServicePart, form: Form, process: Process): void {
  const { definition, stories } = part
  if (!stories?.data.length) {
    c.report(definition.source, [], "story-missing")
    return
  }
  const people = new Set(c.country.cast.people.map(({ id }) => id))
  stories.data.forEach((story, i) => {
    if (!people.has(story.given.applicant)) return // told already
    for (const { keys, what, wanted, got } of actStory(c.country, { service: definition.data, form, process }, story))
      c.report(stories.source, [i, ...keys], "story-failed", { name: story.story, what: storyWords[what] ?? what, wanted, got })
  })
}
