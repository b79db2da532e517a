// One parsing: the text, the names known at this place, and what it may still spend.
import { FeelError } from "../feel-error.ts"
import type { Ast } from "./ast.ts"
import { type Inside, type KnownNames, unknownInside } from "./names.ts"
import type { Source } from "./source.ts"

/** A node without its place. */
export type Body<T = Ast> = T extends Ast ? Omit<T, "from" | "to"> : never

export class Parsing {
  endsRange = false
  private nodes = 0
  private depth = 0
  private readonly insides = new Map<Ast, () => Inside>()
  private readonly depths = new Map<Ast, number>()
  constructor(
    readonly source: Source,
    /** Those of the innermost scope first. */
    public scope: readonly KnownNames[],
    private readonly nodesMax: number,
    private readonly depthMax: number,
    private readonly readExpression: (parsing: Parsing) => Ast,
  ) {}

  /** A node from `from` up to what was taken last; `parts` are the nodes in it. Throws FeelError `too-long` beyond the bounds. */
  node(from: number, body: Body, parts: readonly Ast[] = [], inside?: () => Inside): Ast {
    const node = { from, to: Math.max(this.source.end, from), ...body } as Ast
    let depth = 0
    for (const part of parts) depth = Math.max(depth, this.depths.get(part)! + 1)
    if (++this.nodes > this.nodesMax || depth > this.depthMax) throw new FeelError("too-long", from, node.to)
    this.depths.set(node, depth)
    if (inside) this.insides.set(node, inside)
    return node
  }

  insideOf(node: Ast): Inside {
    const inside = (this.insides.get(node) ?? unknownInside)()
    // Told once: what is named often is read once.
    this.insides.set(node, () => inside)
    return inside
  }

  /** An expression; `endsRange` tells that a `[` behind it may close the range that it ends. */
  expression(endsRange = false): Ast {
    return this.within(() => {
      const outer = this.endsRange
      this.endsRange = endsRange
      const made = this.readExpression(this)
      this.endsRange = outer
      return made
    })
  }

  /** Reads something in something. Throws FeelError `too-long` where there is too much of it. */
  within<T>(read: () => T): T {
    if (++this.depth > this.depthMax) throw new FeelError("too-long", this.source.at, this.source.at + 1)
    const made = read()
    this.depth--
    return made
  }

  /** Reads with more names known. */
  knowing<T>(names: readonly KnownNames[], read: () => T): T {
    const outer = this.scope
    this.scope = [...names, ...outer]
    const made = read()
    this.scope = outer
    return made
  }
}
