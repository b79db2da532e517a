// What can be told of types before anything runs: what several are together, and whether two can meet.
import { TYPE_PARTS_MAX } from "../limits.ts"
import { ANY, baseOf, type FeelType, typeText } from "../values/feel-type.ts"

/** The simplest name of what a type's values are: `list<number>` is a list. */
export type Sort = Exclude<FeelType["kind"], "list-of" | "range-of" | "context-of" | "function-of" | "union" | "item">

const sorts: Readonly<Partial<Record<FeelType["kind"], Sort>>> = {
  "list-of": "list",
  "range-of": "range",
  "context-of": "context",
  "function-of": "function",
}

/** The alternatives that a type consists of, definitions opened. */
export function alternatives(type: FeelType): readonly FeelType[] {
  const base = baseOf(type)
  if (base.kind === "union") return base.of.flatMap(alternatives)
  if (base.kind === "duration") return [{ kind: "days and time duration" }, { kind: "years and months duration" }]
  if (base.kind === "temporal") return [{ kind: "date" }, { kind: "time" }, { kind: "date and time" }]
  return [base]
}

export const sortOf = (type: FeelType): Sort => sorts[type.kind] ?? (type.kind as Sort)

/** Nothing is known of it, or it is null: nothing can be wrong with it. */
export const isOpen = (type: FeelType): boolean => alternatives(type).some(({ kind }) => kind === "any" || kind === "null")

/** Whether a value of the type can be of one of these sorts. */
export const canBe = (type: FeelType, ...wanted: readonly Sort[]): boolean =>
  isOpen(type) || alternatives(type).some((one) => wanted.includes(sortOf(one)))

const ordered: readonly Sort[] = [
  "number",
  "string",
  "date",
  "time",
  "date and time",
  "days and time duration",
  "years and months duration",
]

/** Whether values of the two can be equal. */
export const canEqual = (a: FeelType, b: FeelType): boolean => canMeet(a, b, () => true)

/** Whether one of the two can stand before the other. */
export const canOrder = (a: FeelType, b: FeelType): boolean =>
  canMeet(a, b, (sort) => ordered.includes(sort)) && canBe(a, ...ordered) && canBe(b, ...ordered)

const canMeet = (a: FeelType, b: FeelType, holds: (sort: Sort) => boolean): boolean =>
  isOpen(a) || isOpen(b) || alternatives(a).some((x) => holds(sortOf(x)) && alternatives(b).some((y) => sortOf(y) === sortOf(x)))

/** Whether a value of the type may be given where the other is wanted, silent conversions included (DMN 1.5, 10.3.2.9.4). */
export function mayBeGiven(given: FeelType, wanted: FeelType): boolean {
  if (isOpen(given)) return true
  return alternatives(wanted).some((one) => {
    const sort = sortOf(one)
    if (sort === "any") return true
    if (sort !== "list")
      return alternatives(given).some((x) => sortOf(x) === sort || (sort === "date and time" && x.kind === "date"))
    return one.kind !== "list-of" || mayBeGiven(itemOf(given), one.of)
  })
}

/** One item of a list; anything else is a list of itself. */
export function itemOf(type: FeelType): FeelType {
  const items = alternatives(type).map((one): FeelType => (one.kind === "list-of" ? one.of : one.kind === "list" ? ANY : one))
  return unite(items)
}

const sizes = new WeakMap<FeelType, number>()

/** How many types a type consists of, those behind item definitions left out. */
function sizeOf(type: FeelType): number {
  const known = sizes.get(type)
  if (known !== undefined) return known
  let size = 1
  for (const part of partsOf(type)) size += sizeOf(part)
  sizes.set(type, size)
  return size
}

function partsOf(type: FeelType): Iterable<FeelType> {
  if (type.kind === "list-of" || type.kind === "range-of") return [type.of]
  if (type.kind === "context-of") return type.entries.values()
  if (type.kind === "function-of") return [...type.parameters, type.result]
  return type.kind === "union" ? type.of : []
}

/** The type, or any where it consists of too many to be told: contexts that name each other twice double it each time. */
export const bounded = (type: FeelType): FeelType => (sizeOf(type) > TYPE_PARTS_MAX ? ANY : type)

/** One type for values of any of these; null is of every type. */
export function unite(types: readonly FeelType[]): FeelType {
  const found = new Map<string, FeelType>()
  for (const type of types.flatMap((one) => (one.kind === "union" ? one.of : [one])))
    if (type.kind !== "null") found.set(typeText(type), type)
  if ([...found.values()].some(({ kind }) => kind === "any")) return ANY
  const all = [...found.values()]
  return all.length === 0
    ? { kind: types.length === 0 ? "any" : "null" }
    : all.length === 1
      ? all[0]!
      : { kind: "union", of: all }
}
