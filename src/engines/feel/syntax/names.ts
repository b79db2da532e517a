// The names that a text may read at a place, with what is known of their insides: names may have blanks and marks in them.
import { baseOf, type FeelType } from "../values/feel-type.ts"
import { Source, type Word } from "./source.ts"

/** Names in scope with the names inside them. */
export interface Shape {
  [name: string]: Shape
}

/** What a value may have inside, by the alternatives that are known: `if` and lists have several. */
export type Inside = readonly KnownNames[]

/** Alternatives that are looked at. */
const ALTERNATIVES_MAX = 8

interface Branch {
  next: Map<string, Branch> | undefined
  inside: (() => Inside) | undefined
}

/** A name found in the text: where it ends, and what is inside. */
export interface Found {
  readonly end: number
  readonly inside: () => Inside
}

export class KnownNames {
  readonly root: Branch = { next: undefined, inside: undefined }

  /** A name with marks that no text can name is passed over. */
  declare(name: string, inside: () => Inside): void {
    let branch = this.root
    for (const word of wordsOf(name)) {
      branch.next ??= new Map()
      const next = branch.next.get(word) ?? { next: undefined, inside: undefined }
      branch.next.set(word, next)
      branch = next
    }
    if (branch !== this.root) branch.inside = inside
  }

  get(name: string): (() => Inside) | undefined {
    let branch: Branch | undefined = this.root
    for (const word of wordsOf(name)) branch = branch?.next?.get(word)
    return branch?.inside
  }
}

/** Lists of lists and functions of functions that are looked into; item definitions may lead to themselves. */
const WRAPPINGS_MAX = 20

/** What is known of a type's inside, made when it is asked for: definitions may name each other without end. */
export function insideOfType(given: FeelType): Inside {
  let type = baseOf(given)
  for (let n = 0; n < WRAPPINGS_MAX; n++) {
    if (type.kind === "context-of") return [namesOfEntries(type.entries)]
    if (type.kind === "list-of" || type.kind === "range-of") type = baseOf(type.of)
    else if (type.kind === "function-of") type = baseOf(type.result)
    else return nothing
  }
  return nothing
}

function namesOfEntries(entries: ReadonlyMap<string, FeelType>): KnownNames {
  let names = known.get(entries)
  if (!names) {
    names = new KnownNames()
    known.set(entries, names)
    for (const [name, type] of entries) names.declare(name, () => insideOfType(type))
  }
  return names
}

/** One name alone. */
export function namesWith(name: string, inside: () => Inside): KnownNames {
  const names = new KnownNames()
  names.declare(name, inside)
  return names
}

const nothing: Inside = []
export const unknownInside = (): Inside => nothing

function wordsOf(name: string): string[] {
  const source = new Source(name)
  const words: string[] = []
  let end = source.at
  for (;;) {
    const word: Word | undefined = source.nameWord(end, words.length === 0)
    if (!word) return name.slice(end).trim() === "" ? words : []
    words.push(word.text)
    end = word.to
  }
}

const known = new WeakMap<object, KnownNames>()

/** The names of a shape, read from it once. */
export function namesOf(shape: Shape): KnownNames {
  let names = known.get(shape)
  if (!names) {
    names = new KnownNames()
    known.set(shape, names)
    for (const name of Object.keys(shape)) {
      const below = shape[name]!
      names.declare(name, () => [namesOf(below)])
    }
  }
  return names
}

/** The longest name that begins here; of equal ones that of the earlier names. */
export function findName(source: Source, at: number, among: readonly KnownNames[]): Found | undefined {
  let branches: Branch[] = among.map(({ root }) => root)
  let found: Found | undefined
  let end = at
  for (let first = true; ; first = false) {
    const word = source.nameWord(end, first)
    if (!word) return found
    branches = branches.map(({ next }) => next?.get(word.text)).filter((next) => next !== undefined)
    if (branches.length === 0) return found
    end = word.to
    const inside = branches.find((branch) => branch.inside)?.inside
    if (inside) found = { end, inside }
  }
}

/** What is inside one or the other. */
export function either(several: readonly Inside[]): Inside {
  const all = new Set<KnownNames>()
  for (const inside of several)
    for (const names of inside) {
      all.add(names)
      if (all.size === ALTERNATIVES_MAX) return [...all]
    }
  return [...all]
}
