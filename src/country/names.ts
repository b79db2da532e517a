// Names of people and places: put together in the country's order, and folded for comparison.

export interface NameParts {
  readonly family?: string
  readonly middle?: string
  readonly given: string
}

/** The full name in the country's order of parts, single spaces between; parts left out leave no gap. */
export function fullName(country: { readonly nameOrder: readonly ("family" | "middle" | "given")[] }, parts: NameParts): string {
  return country.nameOrder
    .map((part) => parts[part]?.trim())
    .filter(Boolean)
    .join(" ")
    .normalize("NFC")
}

/** Lower case, marks taken off, letters without a decomposition replaced, single spaces: for comparing, never for showing. */
export function foldName(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replace(/\s+/g, " ")
    .trim()
}
