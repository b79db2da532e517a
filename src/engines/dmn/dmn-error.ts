// What can be wrong with a model as a whole.

export type DmnFault = "not-xml" | "too-large" | "not-dmn" | "unknown-element" | "unknown-import"

/** A model that can't be read or asked. `element` names where. */
export class DmnError extends Error {
  constructor(
    readonly code: DmnFault,
    readonly element: string,
    readonly detail = "",
  ) {
    super(`DMN ${code}${element && ` at ${element}`}${detail && `: ${detail}`}`)
    this.name = "DmnError"
  }
}
