// The words of each finding of the pack's check, and of its mend, in the languages of the program. Codes are listed in README.md.
import { decisionWords } from "./finding-words-of-decisions.ts"
import { engineWords } from "./finding-words-of-engines.ts"
import { nameWords } from "./finding-words-of-names.ts"
import { publicationWords } from "./finding-words-of-publication.ts"
import { readingWords } from "./finding-words-of-reading.ts"
import { serviceWords } from "./finding-words-of-services.ts"

/** `{name}` in the words is replaced by the finding's parameter of that name. */
export interface FindingEntry {
  readonly words: { readonly vi: string; readonly en: string }
  readonly mend: { readonly vi: string; readonly en: string }
  /** A fault unless it says otherwise. */
  readonly severity?: "warning"
}

export const findingWords = {
  ...readingWords,
  ...nameWords,
  ...serviceWords,
  ...engineWords,
  ...decisionWords,
  ...publicationWords,
} as const
