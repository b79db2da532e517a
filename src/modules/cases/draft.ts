// What a draft looks like.
import type { FieldError, FormValues, RawTexts } from "#engines/form"

export interface Draft {
  readonly id: string
  readonly subject: string
  readonly service: string
  readonly definition: string
  /** The version on which it was begun, where it goes on under another. */
  readonly carriedFrom: string | null
  readonly values: FormValues
  /** What each fetch brought: the record, or null where the register was silent or refused. */
  readonly fetched: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>
  /** Fetches whose register did not answer the last time; they are asked again with the next page. */
  readonly silent: readonly string[]
  /** What was typed on a page that had errors, by page and input name. */
  readonly typed: Readonly<Record<string, RawTexts>>
  readonly revision: number
  readonly lang: string
  readonly openedAt: Date
  readonly savedAt: Date
  readonly expiresAt: Date
  readonly caseId: string | null
  readonly agency: string | null
}

/** A mistake on a page of a draft. */
export interface DraftError extends FieldError {
  readonly page: string
}
