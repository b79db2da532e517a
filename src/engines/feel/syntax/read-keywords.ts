// Expressions that begin with a word: `if`, `for`, `some`, `every`, `function`.
import type { Ast, Binding, TypeNode } from "./ast.ts"
import { either, KnownNames, namesWith, unknownInside } from "./names.ts"
import type { Parsing } from "./parsing.ts"
import { declaredName } from "./read-names.ts"
import { readType } from "./read-type.ts"

export function readIf(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  source.needWord("if")
  const condition = parsing.expression()
  source.needWord("then")
  const consequent = parsing.expression()
  source.needWord("else")
  const alternative = parsing.expression()
  return parsing.node(from, { kind: "if", condition, consequent, alternative }, [condition, consequent, alternative], () =>
    either([parsing.insideOf(consequent), parsing.insideOf(alternative)]),
  )
}

/** `name in list, name in start..end`, each known to the next, and what `read` reads where all are known. */
function readBindings<T>(parsing: Parsing, read: () => T): { bindings: Binding[]; parts: Ast[]; made: T } {
  const { source } = parsing
  const bindings: Binding[] = []
  const parts: Ast[] = []
  const names = new KnownNames()
  const made = parsing.knowing([names], () => {
    do {
      const name = declaredName(parsing, "in") ?? source.fail()
      source.needWord("in")
      const from = parsing.expression()
      const to = source.take("..") ? parsing.expression() : null
      names.declare(name, () => parsing.insideOf(from))
      bindings.push({ name, in: from, to })
      parts.push(from, ...(to ? [to] : []))
    } while (source.take(","))
    return read()
  })
  return { bindings, parts, made }
}

export function readFor(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  source.needWord("for")
  const { bindings, parts, made } = readBindings(parsing, () => {
    source.needWord("return")
    return parsing.knowing([namesWith("partial", unknownInside)], () => parsing.expression())
  })
  return parsing.node(from, { kind: "for", bindings, body: made }, [...parts, made], () => parsing.insideOf(made))
}

export function readQuantified(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  const every = source.takeWord("every")
  if (!every) source.needWord("some")
  const { bindings, parts, made } = readBindings(parsing, () => {
    source.needWord("satisfies")
    return parsing.expression()
  })
  return parsing.node(from, { kind: "quantified", every, bindings, body: made }, [...parts, made])
}

export function readFunction(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  const parameters: { name: string; type: TypeNode | null }[] = []
  const names = new KnownNames()
  source.needWord("function")
  source.need("(")
  if (!source.is(")"))
    do {
      const name = declaredName(parsing) ?? source.fail()
      names.declare(name, unknownInside)
      parameters.push({ name, type: source.take(":") ? readType(parsing) : null })
    } while (source.take(","))
  source.need(")")
  const external = source.takeWord("external")
  const body = parsing.knowing([names], () => parsing.expression())
  return parsing.node(from, { kind: "function", parameters, body, external }, [body], () => parsing.insideOf(body))
}
