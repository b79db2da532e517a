// Which names an expression may read, and where their values lie at run time: slots of frames, one frame per scope.
import { normalizeContextKey } from "lezer-feel"
import type { Shape } from "../syntax/parse.ts"
import { baseOf, type FeelType } from "../values/feel-type.ts"
import type { Value } from "../values/value.ts"

/** The values of one scope, and the frame around it. */
export class Frame {
  constructor(
    readonly values: Value[],
    readonly up: Frame | null,
  ) {}
}

/** A name without regard to blanks around its marks: `a-b` is `a - b`. */
export const plainName = (name: string): string => normalizeContextKey(name.normalize("NFC"))

export class Scope {
  private readonly slots = new Map<string, number>()
  readonly types: (FeelType | null)[] = []
  constructor(
    readonly up: Scope | null,
    names: readonly string[] = [],
    /** Inside a filter the entries of the item can be read by their names: slot 0 is the item. */
    readonly ofItem = false,
  ) {
    for (const name of names) this.declare(name)
  }

  /** The slot of a new name. */
  declare(name: string, type: FeelType | null = null): number {
    const slot = this.types.length
    this.slots.set(plainName(name), slot)
    this.types.push(type)
    return slot
  }

  slotOf(name: string): number | undefined {
    return this.slots.get(plainName(name))
  }

  /** All names in scope with what is known of their insides, for the grammar. */
  shape(): Shape {
    const shape: Shape = this.up ? this.up.shape() : {}
    for (const [name, slot] of this.slots) {
      const type = this.types[slot]
      shape[name] = type ? shapeOf(type, SHAPE_DEPTH_MAX) : {}
    }
    return shape
  }
}

const SHAPE_DEPTH_MAX = 6

/** The names inside a type. */
function shapeOf(type: FeelType, depth: number): Shape {
  const base = baseOf(type)
  if (depth === 0) return {}
  if (base.kind === "list-of" || base.kind === "range-of") return shapeOf(base.of, depth)
  if (base.kind === "function-of") return shapeOf(base.result, depth)
  if (base.kind !== "context-of") return {}
  const shape: Shape = {}
  for (const [name, entry] of base.entries) shape[name] = shapeOf(entry, depth - 1)
  return shape
}
