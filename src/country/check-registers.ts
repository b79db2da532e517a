// The check of registers/*.yaml: owners, elements, keys, rights.
import { type Checking, kindsOf } from "./checking.ts"
import type { Part } from "./pack.ts"
import type { AccessRight, RegisterDefinition } from "./registers.ts"
import type { Keys } from "./source.ts"

/** All registers. */
export function checkRegisters(c: Checking): void {
  const seen = new Set<string>()
  for (const part of c.pack.registers) {
    if (seen.has(part.data.id)) c.report(part.source, ["id"], "id-twice", { name: part.data.id })
    seen.add(part.data.id)
    c.known(part.source, ["owner"], "agency-unknown", part.data.owner, c.country.agencies.keys())
    c.once(
      part.source,
      "id-twice",
      part.data.records.map((r, i) => [r.id, ["records", i, "id"]]),
    )
    for (const i of part.data.records.keys()) checkRecord(c, part, i)
  }
}

function checkRecord(c: Checking, part: Part<RegisterDefinition>, i: number): void {
  const { source, data } = part
  const record = data.records[i]!
  const keys: Keys = ["records", i]
  const fields = new Set(record.fields.map((f) => f.id))
  c.once(
    source,
    "field-twice",
    record.fields.map((f, j) => [f.id, [...keys, "fields", j, "id"]]),
  )
  const elements = Object.keys(c.pack.vocabulary.data.elements)
  record.fields.forEach((f, j) => {
    c.known(source, [...keys, "fields", j, "is"], "element-unknown", f.is, elements)
  })
  c.known(source, [...keys, "key"], "field-unknown", record.key, fields)
  if (record.mirror !== undefined) c.known(source, [...keys, "mirror"], "field-unknown", record.mirror, fields)
  record.duplicates?.forEach((rule, j) => {
    for (const [k, id] of rule.entries()) c.known(source, [...keys, "duplicates", j, k], "field-unknown", id, fields)
  })
  if (record.corrections)
    c.known(
      source,
      [...keys, "corrections", "purpose"],
      "purpose-unknown",
      record.corrections.purpose,
      Object.keys(c.pack.vocabulary.data.purposes),
    )
  record.access.forEach((right, j) => {
    checkRight(c, part, right, [...keys, "access", j], fields)
  })
}

function checkRight(
  c: Checking,
  { source }: Part<RegisterDefinition>,
  right: AccessRight,
  keys: Keys,
  fields: ReadonlySet<string>,
): void {
  const { who, purpose } = right
  if (Object.keys(who).length !== 1) c.report(source, [...keys, "who"], "right-for-nobody")
  if (who.kind !== undefined) c.known(source, [...keys, "who", "kind"], "agency-kind-unknown", who.kind, kindsOf(c))
  if (who.agency !== undefined)
    c.known(source, [...keys, "who", "agency"], "agency-unknown", who.agency, c.country.agencies.keys())
  c.known(source, [...keys, "purpose"], "purpose-unknown", purpose, Object.keys(c.pack.vocabulary.data.purposes))
  right.fields.forEach((id, k) => {
    if (id !== "*") c.known(source, [...keys, "fields", k], "field-unknown", id, fields)
  })
}
