// Text to tree by the grammar of lezer-feel, which is told the names in scope: they may have blanks and marks in them.
import { parser, trackVariables } from "lezer-feel"
import { FeelError } from "../feel-error.ts"
import { DEPTH_MAX, LENGTH_MAX, TREE_MAX } from "../limits.ts"
import type { Ast } from "./ast.ts"
import { Reading, readNode, type TreeNode } from "./read-tree.ts"

export type Dialect = "Expression" | "UnaryTests"

/** Names in scope with the names inside them. */
export interface Shape {
  [name: string]: Shape
}

export interface Parser {
  parse(text: string, dialect?: Dialect): Ast
}

export interface ParseLimits {
  readonly length?: number
  readonly depth?: number
  readonly tree?: number
}

/** `instance of range<…>` and the like, which the grammar doesn't know: read as a list's type, and remembered. */
const rangeType = /(instance\s+of\s+|[:<,]\s*|->\s*)range(\s*)</g

/** A parser for texts that may read these names. Its `parse` throws FeelError `syntax` or `too-long`. */
export function parserFor(shape: Shape, limits: ParseLimits = {}): Parser {
  const tracker = trackVariables(shape)
  const parsers = new Map<Dialect, { parse(text: string): { readonly topNode: unknown } }>()
  const lengthMax = limits.length ?? LENGTH_MAX
  return {
    parse(text, dialect = "Expression") {
      if (text.length > lengthMax) throw new FeelError("too-long", lengthMax, text.length)
      checkNesting(text, (limits.tree ?? TREE_MAX) * TOKENS_PER_NODE, limits.depth ?? DEPTH_MAX)
      let made = parsers.get(dialect)
      if (!made) {
        made = parser.configure({ top: dialect, contextTracker: tracker })
        parsers.set(dialect, made)
      }
      const ranges = new Set<number>()
      const read = text.includes("range")
        ? text.replace(rangeType, (_all, before: string, blanks: string, at: number) => {
            ranges.add(at + before.length)
            return `${before}list ${blanks}<`
          })
        : text
      return readNode(topOf(made, read), new Reading(text, ranges, limits.depth, limits.tree))
    },
  }
}

function topOf(made: { parse(text: string): { readonly topNode: unknown } }, text: string): TreeNode {
  try {
    return made.parse(text).topNode as TreeNode
  } catch {
    throw new FeelError("syntax", 0, Math.min(1, text.length))
  }
}

/** Signs before a sign nest as brackets do. */
const manySigns = /(?:-\s*){61}/

/** The grammar's effort grows with the square of the tokens: no more than this share of the nodes. */
const TOKENS_PER_NODE = 1.25
const token = /"(?:[^"\\]|\\.)*"|[\p{L}\p{M}\p{N}_?]+|\S/gsu

/** Brackets in brackets and long chains cost the grammar more than their length: they are refused before it sees them. */
function checkNesting(text: string, tokensMax: number, nestingMax: number): void {
  let tokens = 0
  if (text.length > tokensMax)
    for (const { index } of text.matchAll(token)) if (++tokens > tokensMax) throw new FeelError("too-long", index, index + 1)
  const signs = manySigns.exec(text)
  if (signs) throw new FeelError("too-long", signs.index, signs.index + 1)
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const mark = text.charCodeAt(i)
    if (mark === 40 || mark === 91 || mark === 123) depth++
    else if (mark === 41 || mark === 93 || mark === 125) depth--
    if (depth > nestingMax) throw new FeelError("too-long", i, i + 1)
  }
}
