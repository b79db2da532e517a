// The check of what runs: form.yaml, process.yaml, result.yaml, tests.yaml, and the records that the decision writes.
import { compileForm, type Form, FormDefinitionError, type Vocabulary } from "#engines/form"
import { checkProcess, compileProcess, type ProcessDefinition } from "#engines/process"
import { type Asker, checkDataService, inCharge } from "./check-exchange.ts"
import { checkRules } from "./check-rules.ts"
import { agenciesOf, type Checking, hoursOf } from "./checking.ts"
import { engineFinding, titleOf } from "./engine-findings.ts"
import type { ServicePart } from "./pack.ts"
import type { Keys, SourceFile } from "./source.ts"

/** Everything of a service that runs; gives the form where it compiles. */
export function checkRunnable(c: Checking, part: ServicePart): Form | undefined {
  const form = part.form && checkForm(c, part, part.form)
  if (part.process) checkSteps(c, part, part.process)
  if (form) {
    checkPaths(c, part, form)
    checkWrites(c, part, form)
    checkRules(c, part, form)
  }
  checkStories(c, part)
  return form
}

function checkForm(c: Checking, part: ServicePart, source: SourceFile): Form | undefined {
  if (!checkFetches(c, part, source)) return undefined
  try {
    const form = compileForm(source.data, c.country.vocabulary.elements as Vocabulary)
    part.definition.data.authority.of?.forEach((path, i) => {
      if (form.fields.get(path)?.type !== "address")
        c.known(part.definition.source, ["authority", "of", i], "address-unknown", path, addresses(form))
    })
    return form
  } catch (error) {
    if (!(error instanceof FormDefinitionError)) throw error
    c.findings.push(...error.faults.map((fault) => engineFinding(source, "form", fault, fault.message)))
    return undefined
  }
}

/** Each register that a form asks is there, and lets those read who ask for the service's purpose. False when one is not there. */
function checkFetches(c: Checking, part: ServicePart, source: SourceFile): boolean {
  const { fetch: fetches } = (source.data ?? {}) as { fetch?: unknown }
  if (!Array.isArray(fetches)) return true // the form's grammar says so
  return fetches.every((fetch: { service?: unknown } | null, i) => {
    const keys: Keys = ["fetch", i, "service"]
    if (typeof fetch?.service !== "string") return true
    const service = { name: fetch.service, deed: "read", keys } as const
    return checkDataService(c, source, service, part.definition.data, askersOf(c, part)) !== undefined
  })
}

/** Who asks on behalf of a case: the agencies in charge, and the ministry as long as no address tells which of them. */
function askersOf(c: Checking, { definition: { data } }: ServicePart): Asker[] {
  const ministry = c.pack.agencies.data.agencies.find((a) => a.code === data.ministry)
  return [inCharge(data), ...(ministry ? [{ kind: ministry.kind, agency: ministry.id }] : [])]
}

const addresses = (form: Form): string[] => [...form.fields.values()].filter((f) => f.type === "address").map((f) => f.id)

/** Steps: sound, within the legal limit, and each held by somebody. */
function checkSteps(c: Checking, { definition }: ServicePart, source: SourceFile): void {
  const { limit, authority } = definition.data
  const limitHours = hoursOf(c, limit)
  const faults = checkProcess(source.data, limitHours === undefined ? {} : { limitHours })
  const { normHours: hours } = faults.some(({ code }) => code === "norms-over-limit")
    ? compileProcess(source.data)
    : { normHours: 0 }
  const norms = { hours, limit: limitHours ?? 0 }
  c.findings.push(...faults.map((fault) => engineFinding(source, "process", fault, fault.says, norms)))
  if (faults.some((fault) => fault.code === "grammar")) return
  const agencies = authority.agency ? [c.country.agencies.get(authority.agency)!] : agenciesOf(c, authority.kind)
  const positions = agencies.flatMap((a) => a?.positions ?? [])
  const units = new Set(agencies.flatMap((a) => a?.units.map((u) => u.id) ?? []))
  ;(source.data as ProcessDefinition).steps.forEach((step, i) => {
    if (step.by === "system" || step.by === "applicant" || agencies.length === 0) return
    if (step.unit !== undefined && !c.known(source, ["steps", i, "unit"], "unit-unknown", step.unit, units)) return
    const holders = positions.filter((p) => step.unit === undefined || p.unit === step.unit)
    if (!holders.some((p) => (p.roles as readonly string[]).includes(step.by)))
      c.report(source, ["steps", i, "by"], "step-held-by-nobody", {
        step: titleOf(step, ["steps", i]),
        role: step.by,
        roles: rolesOf(holders),
      })
  })
}

const rolesOf = (positions: readonly { readonly roles: readonly string[] }[]) =>
  [...new Set(positions.flatMap((p) => p.roles))].join(", ") || "-"

const caseFacts = new Set(
  ["code", "agency", "agencyName", "division", "place", "decidedOn", "number", "signer", "service"].map((f) => `case.${f}`),
)

function isKnownPath(form: Form, path: string): boolean {
  return form.fields.has(path) || caseFacts.has(path) || path.startsWith("assigned.")
}

/** The values of the result are there when it is issued. */
function checkPaths(c: Checking, { result }: ServicePart, form: Form): void {
  if (!result) return
  const { source, data } = result
  const known = [...form.fields.keys(), ...caseFacts, "assigned.number"]
  const check = (path: string, keys: Keys) => isKnownPath(form, path) || c.known(source, keys, "path-unknown", path, known)
  data.sections.forEach((section, i) => {
    for (const [j, field] of section.fields.entries()) check(field.value, ["sections", i, "fields", j, "value"])
  })
  for (const [i, particular] of data.particulars.entries()) check(particular.value, ["particulars", i, "value"])
  check(data.signature.place, ["signature", "place"])
}

/** What the decision writes: records and fields that exist, required ones filled, and a right to write them. */
function checkWrites(c: Checking, part: ServicePart, form: Form): void {
  for (const i of (part.definition.data.writes ?? []).keys()) checkWrite(c, part, form, i)
}

function checkWrite(c: Checking, { definition: { source, data } }: ServicePart, form: Form, i: number): void {
  const write = data.writes![i]!
  const keys: Keys = ["writes", i]
  const service = { name: write.service, deed: "write", keys: [...keys, "service"] } as const
  const record = checkDataService(c, source, service, data, [inCharge(data)])
  if (!record) return
  const paths = [...form.fields.keys(), ...caseFacts, "assigned.number"]
  const fields = record.fields.map((f) => f.id)
  for (const [field, path] of Object.entries(write.record)) {
    c.known(source, [...keys, "record", field], "field-unknown", field, fields, "key")
    if (!isKnownPath(form, path)) c.known(source, [...keys, "record", field], "path-unknown", path, paths)
  }
  for (const f of record.fields)
    if (f.required && f.id !== record.key && !(f.id in write.record))
      c.report(source, [...keys, "record"], "required-not-written", { field: f.id })
}

function checkStories(c: Checking, { stories, process }: ServicePart): void {
  const people = c.pack.people.data.people.map((p) => p.id)
  const steps = new Set(((process?.data as Partial<ProcessDefinition> | undefined)?.steps ?? []).map((s) => s.id))
  stories?.data.forEach((story, i) => {
    c.known(stories.source, [i, "given", "applicant"], "person-unknown", story.given.applicant, people)
    story.given.down?.forEach((register, j) => {
      c.known(stories.source, [i, "given", "down", j], "register-unknown", register, c.country.registers.keys())
    })
    story.expect.steps?.forEach((step, j) => {
      c.known(stories.source, [i, "expect", "steps", j], "step-unknown", step, steps)
    })
  })
}
