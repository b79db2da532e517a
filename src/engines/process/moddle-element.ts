// Reading the elements that bpmn-moddle gives: properties by name, never more trusted than plain data.

/** An element of BPMN as bpmn-moddle reads it. */
export interface Element {
  readonly $type: string
  readonly $attrs: Readonly<Record<string, unknown>>
  readonly id?: string
}

const isElement = (value: unknown): value is Element => typeof value === "object" && value !== null && "$type" in value

const read = (element: Element | undefined, name: string): unknown =>
  element === undefined ? undefined : (element as unknown as Record<string, unknown>)[name]

/** The type without its prefix: `UserTask`. */
export const typeOf = (element: Element): string => element.$type.replace(/^\w+:/, "")

/** The elements of a property, in their order. */
export function parts(element: Element | undefined, name: string): Element[] {
  const value = read(element, name)
  return Array.isArray(value) ? value.filter(isElement) : []
}

/** The element that a property holds or refers to. */
export function part(element: Element | undefined, name: string): Element | undefined {
  const value = read(element, name)
  return isElement(value) ? value : undefined
}

export function text(element: Element | undefined, name: string): string | undefined {
  const value = read(element, name)
  return typeof value === "string" ? value : undefined
}

export const isOn = (element: Element | undefined, name: string, otherwise: boolean): boolean => {
  const value = read(element, name)
  return typeof value === "boolean" ? value : otherwise
}

export function number(element: Element | undefined, name: string, otherwise: number): number {
  const value = read(element, name)
  return typeof value === "number" ? value : otherwise
}

/** The text of an expression that a property holds; undefined where there is none. */
export function expressionText(element: Element | undefined, name: string): string | undefined {
  const body = text(part(element, name), "body")?.trim()
  return body ? body : undefined
}

/** What somebody called it, else its id. */
export const nameOf = (element: Element | undefined): string => text(element, "name")?.trim() || (element?.id ?? "")
