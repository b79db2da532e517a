// A compiled form: what compileForm makes and every other deed reads.
import type { Compiled } from "#engines/feel"
import type { ElementType, Option, Text } from "./definition.ts"

/** A question to a register, in the order in which they can be asked. */
export interface Fetch {
  readonly id: string
  readonly service: string
  /** FEEL, mostly a path: `applicant.number`, `marriage.spouseNumber`, `father.number`. */
  readonly key: string
  readonly optional: boolean
  readonly name?: Text
  readonly keyCompiled: Compiled
}

/** What fills a field: a fetch's record as a whole, or the first of its `keys` that the record has. */
export interface Binding {
  readonly fetch: string
  readonly keys: readonly string[]
  readonly whole: boolean
}

/** One field, ready to be read, checked and drawn. */
export interface Field {
  readonly id: string
  readonly page: string
  readonly type: ElementType
  readonly name: Text
  /** Whom or what it is about: "Mother". */
  readonly subject?: Text
  readonly hint?: Text
  /** The data element that it is. */
  readonly is?: string
  readonly optional: boolean
  /** Only a check needs it: not shown while a register tells it. */
  readonly unseen?: boolean
  readonly binding?: Binding
  readonly when?: Compiled
  readonly suggest?: Compiled
  readonly options?: readonly Option[]
  readonly many?: boolean
  readonly min?: string
  readonly max?: string
  readonly decimals?: number
  readonly unit?: Text
  readonly currency?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly after?: string
  readonly before?: string
  readonly incomplete?: boolean
  readonly accept?: readonly string[]
  readonly maxBytes?: number
  readonly maxPages?: number
  readonly service?: string
  readonly autocomplete?: string
  /** computed: its expression and the kind of its result. */
  readonly value?: Compiled
  readonly as?: ElementType
  /** group: the fields of one entry; their ids are local. */
  readonly fields?: readonly Field[]
}

/** A check over answers of a page. */
export interface Check {
  readonly if: Compiled
  readonly say: string
  readonly words: Text
  readonly law?: string
  readonly fields: readonly string[]
}

export interface Page {
  readonly id: string
  readonly title: Text
  readonly intro?: Text
  readonly when?: Compiled
  readonly fields: readonly Field[]
  readonly checks: readonly Check[]
}

export interface Form {
  readonly fetches: readonly Fetch[]
  readonly pages: readonly Page[]
  /** Every field by id, those inside groups excepted. */
  readonly fields: ReadonlyMap<string, Field>
  /** The fields that some expression reads; the others never enter FEEL. */
  readonly named: ReadonlySet<string>
  /** Every check's words by its code. */
  readonly checkWords: ReadonlyMap<string, Text>
}
