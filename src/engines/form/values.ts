// What goes into and comes out of a form: answers, what was typed, errors, and what the engine must be told of the world.

/** Plain data, as in RFC 8259. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Where a value came from: the register, its record, the time for which it holds, and the message that brought it. */
export interface Source {
  readonly register: string
  readonly record: string
  /** RFC 3339 date and time. */
  readonly asOf: string
  readonly message: string
}

/** One answer: verified by a register, declared by the person, or a register's value that the person disputes. */
export interface FormValue {
  readonly value: Json
  readonly state: "verified" | "declared" | "disputed"
  readonly source?: Source
  /** Only when disputed: what the register says. `value` then is what the person says it should be. */
  readonly registered?: Json
}

/** Answers by field id (`mother.fullName`). Never changed in place. */
export type FormValues = Readonly<Record<string, FormValue>>

/** An upload that the caller has already stored and sniffed. */
export interface UploadedFile {
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  /** Media type found in the content, not the one that the browser claims. */
  readonly type: string
  readonly pages?: number
}

/** What came from one input: text, several texts (checkboxes), or a stored upload. */
export type RawValue = string | readonly string[] | UploadedFile | undefined
/** A body as read, by input name. */
export type RawInput = Readonly<Record<string, RawValue>>
/** What to put back into the inputs, by input name. */
export type RawTexts = Readonly<Record<string, string | readonly string[]>>

/** A mistake beside a field. `field` may reach into a group: `children.0.name`. `params.part` names one box of several. */
export interface FieldError {
  readonly field: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** A province, commune, or whatever the country's tiers are called. */
export interface Place {
  readonly code: string
  readonly name: string
  /** The name of the place around it, to tell namesakes apart. */
  readonly within?: string
}

/** What an address needs of the country's divisions; places of before a reform come through `replaced`. */
export interface Divisions {
  readonly provinces: readonly Place[]
  province(code: string): Place | undefined
  commune(code: string): (Place & { readonly province: string }) | undefined
  /** Communes of today in the province whose code or name is `text` (accents and words like "xã" may be missing). */
  find(province: string, text: string): readonly Place[]
  /** Communes of today that took over the former commune (or ward) with this code or name. */
  replaced(province: string, text: string): readonly Place[]
}

/** What the engine can't know by itself. */
export interface FormContext {
  /** Language of what is typed (decimal marks) and shown: `vi`, `en`. */
  readonly lang: string
  /** The day where the agency is: `2026-03-09`. */
  readonly today: string
  /** Facts of the person who applies, known from the sign-in: `number`, `fullName`... */
  readonly applicant?: Readonly<Record<string, Json>>
  readonly divisions?: Divisions
  /** Is this text right? By format: `personal-number`, `organisation-number`, `phone`, and those of the country. */
  readonly formats?: Readonly<Record<string, (text: string) => boolean>>
}
