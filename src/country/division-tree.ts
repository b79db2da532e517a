// Divisions as a tree per generation, and the paths from an old code to the new ones.

import type { Division, DivisionsFile, SuccessionFile } from "./divisions.ts"
import type { Generation } from "./facts.ts"
import { foldName } from "./names.ts"

export interface Successor {
  readonly division: Division
  /** partial: only a piece went there; ?: the source does not say which, so an address can't be carried over by its code alone. */
  readonly part: "full" | "partial" | "?"
}

export interface Divisions {
  /** The generation in force today. */
  readonly current: string
  /** A division by code in a generation (the current one unless told otherwise). */
  find(code: string, generation?: string): Division | undefined
  /** The division and those above it, highest first; empty when the code is unknown. */
  path(code: string, generation?: string): readonly Division[]
  /** The divisions right below `parent`, or those of the highest tier without one; in the order of the file. */
  below(parent?: string, generation?: string): readonly Division[]
  /** What became of a division of the generation before the current one. */
  successors(code: string): readonly Successor[]
  /** Divisions of the generation under `within` whose name holds the words of `text`, marks ignored. */
  named(text: string, within?: string, generation?: string): readonly Division[]
}

interface Tree {
  readonly byCode: ReadonlyMap<string, Division>
  readonly below: ReadonlyMap<string, readonly Division[]>
}

/** A way to read a file of the pack when it is first needed. */
export interface DivisionSources {
  readonly generations: readonly Generation[]
  readonly current: string
  readonly read: (file: string) => unknown
  readonly successions: readonly { readonly from: string; readonly to: string; readonly file: string }[]
}

/** Opens the divisions; a generation's rows are read when somebody first asks for it. */
export function openDivisions(sources: DivisionSources): Divisions {
  const trees = new Map<string, Tree>()
  const treeOf = (generation = sources.current): Tree => {
    const known = trees.get(generation)
    if (known) return known
    const declared = sources.generations.find((g) => g.id === generation)
    if (!declared) return { byCode: new Map(), below: new Map() }
    const tree = grow(declared, sources.read(declared.file) as DivisionsFile)
    trees.set(generation, tree)
    return tree
  }
  let links: ReadonlyMap<string, readonly (readonly [string, "full" | "partial" | "?"])[]> | undefined
  const find = (code: string, generation?: string) => treeOf(generation).byCode.get(code)
  const path = (code: string, generation?: string): Division[] => {
    const division = find(code, generation)
    if (!division) return []
    return division.parent === null ? [division] : [...path(division.parent, generation), division]
  }
  return {
    current: sources.current,
    find,
    path,
    below: (parent = "", generation) => treeOf(generation).below.get(parent) ?? [],
    successors: (code) => {
      links ??= linksOf(sources)
      return (links.get(code) ?? []).flatMap(([to, part]) => {
        const division = find(to)
        return division ? [{ division, part }] : []
      })
    },
    named: (text, within, generation) => named(treeOf(generation), text, within),
  }
}

function grow(generation: Generation, file: DivisionsFile): Tree {
  const byCode = new Map<string, Division>()
  const below = new Map<string, Division[]>()
  for (const tier of generation.tiers) {
    for (const [code, parent, ...names] of file.rows[tier.id] ?? []) {
      const name = Object.fromEntries(file.languages.map((lang, i) => [lang, names[i] ?? names[0] ?? ""]))
      const division = { code: code!, tier: tier.id, generation: generation.id, parent: parent ?? null, name }
      byCode.set(division.code, division)
      const siblings = below.get(parent ?? "")
      if (siblings) siblings.push(division)
      else below.set(parent ?? "", [division])
    }
  }
  return { byCode, below }
}

function linksOf({ successions, current, read }: DivisionSources) {
  const links = new Map<string, (readonly [string, "full" | "partial" | "?"])[]>()
  for (const { file } of successions.filter((s) => s.to === current))
    for (const rows of Object.values((read(file) as SuccessionFile).rows))
      for (const [from, to, part] of rows) links.set(from, [...(links.get(from) ?? []), [to, part] as const])
  return links
}

function named(tree: Tree, text: string, within?: string): Division[] {
  const wanted = foldName(text)
  if (!wanted) return []
  const pool = within === undefined ? [...tree.byCode.values()] : [...(tree.below.get(within) ?? [])]
  return pool.filter((d) => Object.values(d.name).some((n) => foldName(n).includes(wanted)))
}
