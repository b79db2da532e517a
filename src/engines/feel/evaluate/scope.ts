// Which names an expression may read, and where their values lie at run time: slots of frames, one frame per scope.
import { insideOfType, KnownNames } from "../syntax/names.ts"
import type { FeelType } from "../values/feel-type.ts"
import type { Value } from "../values/value.ts"

/** The values of one scope, and the frame around it. */
export class Frame {
  constructor(
    readonly values: Value[],
    readonly up: Frame | null,
  ) {}
}

/** A name without regard to blanks around its marks: `a-b` is `a - b`. */
export function plainName(name: string): string {
  if (/^\w*$/.test(name)) return name
  return name
    .normalize("NFC")
    .replace(/\s*([./\-'+]|\*\*?)\s*/g, " $1 ")
    .replace(/\s{2,}/g, " ")
    .trim()
}

export class Scope {
  private readonly names = new KnownNames()
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
    this.names.declare(name, () => (type ? insideOfType(type) : []))
    return slot
  }

  slotOf(name: string): number | undefined {
    return this.slots.get(plainName(name))
  }

  /** The names of this scope and those around it, for the parser. */
  known(): KnownNames[] {
    return [this.names, ...(this.up?.known() ?? [])]
  }

  /** All names in scope with their types; inner ones hide outer ones. */
  visible(): Map<string, FeelType | null> {
    const known = this.up?.visible() ?? new Map<string, FeelType | null>()
    for (const [name, slot] of this.slots) known.set(name, this.types[slot]!)
    return known
  }
}
