// What can be wrong with a definition: where (a path of keys), what, and how to mend it.

/** One fault of a definition. */
export interface DefinitionFault {
  /** Keys into the definition: `["pages", 0, "fields", 2, "when"]`. */
  readonly path: readonly (string | number)[]
  /** Characters of the text at `path`, where the fault lies in an expression. */
  readonly at?: { readonly from: number; readonly to: number }
  readonly code: string
  /** Particulars for words of one's own: what was found, what was expected. */
  readonly params?: Readonly<Record<string, string>>
  readonly message: string
  readonly mend: string
}

/** A definition that can't be compiled; carries all its faults. */
export class FormDefinitionError extends Error {
  constructor(readonly faults: readonly DefinitionFault[]) {
    super(faults.map((fault) => `${fault.path.join(".")}: ${fault.message}`).join("; "))
    this.name = "FormDefinitionError"
  }
}
