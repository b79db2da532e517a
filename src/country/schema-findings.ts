// Turns what a schema finds wrong into findings with the line, the column and the mend.
import type { TSchema } from "typebox"
import { Compile } from "typebox/compile"
import { type Finding, finding } from "./finding.ts"
import type { Keys, SourceFile } from "./source.ts"
import type { Text } from "./text.ts"

const FINDINGS_PER_FILE_MAX = 50

interface SchemaError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

interface PlainSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, PlainSchema>>
  readonly patternProperties?: Readonly<Record<string, PlainSchema>>
  readonly items?: PlainSchema | readonly PlainSchema[]
}

const compiled = new WeakMap<TSchema, ReturnType<typeof Compile>>()

/** Everything in `source` that does not fit `schema`; empty when it does. */
export function schemaFindings(source: SourceFile, schema: TSchema): Finding[] {
  const check = compiled.get(schema) ?? Compile(schema)
  compiled.set(schema, check)
  if (check.Check(source.data)) return []
  const errors = check.Errors(source.data) as SchemaError[]
  return errors
    .filter((e) => e.keyword !== "boolean" && e.keyword !== "anyOf")
    .slice(0, FINDINGS_PER_FILE_MAX)
    .flatMap((e) => explained(source, schema as PlainSchema, e))
}

function explained(source: SourceFile, schema: PlainSchema, error: SchemaError): Finding[] {
  const keys = keysOf(error.instancePath)
  const params = error.params as Readonly<Record<string, unknown>>
  if (error.keyword === "additionalProperties") {
    const here = schemaAt(schema, keys)
    return (params.additionalProperties as string[]).map((key) => unknownKey(source, keys, key, here))
  }
  if (error.keyword === "required")
    return (params.requiredProperties as string[]).map((key) =>
      finding(source.at(keys), "key-missing", { key, of: nameOf(keys) }),
    )
  const value = shown(valueAt(source.data, keys))
  if (error.keyword === "enum" || error.keyword === "const") {
    const allowed = ((params.allowedValues ?? [params.allowedValue]) as unknown[]).map(String)
    return [
      finding(source.at(keys), "not-one-of", {
        value,
        near: nearest(value, allowed) ?? allowed[0]!,
        allowed: allowed.join(", "),
      }),
    ]
  }
  if (error.keyword === "type")
    return [finding(source.at(keys), "wrong-type", { value, type: String(params.type), ...quoteHint(params.type, value) })]
  return [
    finding(source.at(keys), "wrong-value", { value, at: nameOf(keys), says: limitSaid(error.keyword, params) ?? error.message }),
  ]
}

/** What a limit of the schema asks for, in words; the schema's own name for it otherwise. */
const limitWords: Readonly<Record<string, Text>> = {
  minItems: { vi: "cần ít nhất {limit} mục", en: "it has too few entries (at least {limit})" },
  maxItems: { vi: "được nhiều nhất {limit} mục", en: "it may have {limit} entries at most" },
  minProperties: { vi: "cần ít nhất {limit} mục", en: "it has too few entries (at least {limit})" },
  minLength: { vi: "cần ít nhất {limit} ký tự", en: "it needs at least {limit} characters" },
  maxLength: { vi: "được nhiều nhất {limit} ký tự", en: "it may have {limit} characters at most" },
  minimum: { vi: "không được dưới {limit}", en: "it may not be below {limit}" },
  maximum: { vi: "không được trên {limit}", en: "it may not be above {limit}" },
  pattern: { vi: "phải theo mẫu {pattern}", en: "it must follow {pattern}" },
}

function limitSaid(keyword: string, params: Readonly<Record<string, unknown>>): Text | undefined {
  const words = Object.hasOwn(limitWords, keyword) ? limitWords[keyword] : undefined
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key] ?? ""))
  return words && Object.fromEntries(Object.entries(words).map(([lang, text]) => [lang, filled(text)]))
}

function unknownKey(source: SourceFile, keys: Keys, key: string, here: PlainSchema | undefined): Finding {
  const place = source.at([...keys, key], "key")
  const known = Object.keys(here?.properties ?? {})
  if (known.length === 0) {
    const pattern = Object.keys(here?.patternProperties ?? {})[0] ?? ""
    return finding(place, "key-misspelt", { key, pattern })
  }
  const near = nearest(key, known)
  if (near) return finding(place, "key-unknown-near", { key, near })
  return finding(place, "key-unknown", { key, known: known.join(", ") })
}

const quoteHint = (type: unknown, value: string) => ({ example: type === "string" ? `"${value}"` : String(type) })

const nameOf = (keys: Keys) => (keys.length === 0 ? "." : keys.join("."))

export const keysOf = (pointer: string): (string | number)[] =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))

/** The schema of the value at `keys`, as far as objects, maps and lists lead. */
function schemaAt(schema: PlainSchema | undefined, keys: Keys): PlainSchema | undefined {
  let here = schema
  for (const key of keys) {
    if (!here) return undefined
    const name = String(key)
    const pattern = Object.entries(here.patternProperties ?? {}).find(([p]) => new RegExp(p).test(name))?.[1]
    const { items } = here
    here = here.properties?.[name] ?? pattern ?? (Array.isArray(items) ? items[Number(key)] : (items as PlainSchema | undefined))
  }
  return here
}

export function valueAt(data: unknown, keys: Keys): unknown {
  let here = data
  for (const key of keys) here = (here as Record<string | number, unknown> | undefined)?.[key]
  return here
}

const SHOWN_MAX = 60
const shown = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, SHOWN_MAX)

/** The word of `among` that is at most a third of its letters away; undefined when none is. */
export function nearest(word: string, among: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of among) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase(), least)
    if (far < least) [best, least] = [candidate, far]
  }
  return best
}

/** Levenshtein distance, given up at `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
