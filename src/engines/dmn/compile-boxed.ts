// Boxed expressions become code over the same frames as the FEEL inside them.
import {
  ANY,
  type Code,
  checkFeel,
  compileText,
  FeelError,
  FeelFunction,
  type FeelType,
  Frame,
  invokeNamed,
  isList,
  ownFunction,
  Scope,
  type Value,
} from "#engines/feel"
import { convertedResult } from "./convert.ts"
import { type Types, textLimits, typeOfRef } from "./item-types.ts"
import type { Boxed, FunctionBody } from "./model.ts"
import { compileTable } from "./table.ts"

/** A text that doesn't compile, or whose types can't be right: it gives null, and publication refuses it. */
export interface TextFault {
  readonly element: string
  readonly text: string
  /** Of FeelError, `type-mismatch` or `unknown-name`. */
  readonly code: string
  readonly from: number
  readonly to: number
  /** Types as FEEL writes them, of a `type-mismatch`. */
  readonly found?: string
  readonly expected?: string
}

/** What compiling one element needs. */
export interface Making {
  readonly element: string
  readonly types: Types
  readonly faults: TextFault[]
  readonly watched: boolean
  /** Whether types and names are checked: before publication, not before each run. */
  readonly checked: boolean
  /** Types of input data whose own says nothing. */
  readonly inputs: Readonly<Record<string, FeelType>>
}

const HERE = { from: 0, to: 0 }
const NOTHING: Code = () => null

/** Code for a text; null with a warning at run time where the text is wrong, which stands among the faults. */
export function textCode(
  text: string | null,
  scope: Scope,
  making: Making,
  dialect: "Expression" | "UnaryTests" = "Expression",
  result: FeelType | null = null,
): Code {
  if (text === null || text.trim() === "") return NOTHING
  try {
    if (making.checked) checkText(text, scope, making, dialect, result)
    return compileText(text, scope, { types: making.types, limits: textLimits, watched: making.watched }, dialect)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    making.faults.push({ element: making.element, text, code: error.code, from: error.from, to: error.to })
    return (_frame, run) => run.warn(error.code, error.from, error.to, making.element)
  }
}

function checkText(
  text: string,
  scope: Scope,
  { element, types, faults }: Making,
  dialect: "Expression" | "UnaryTests",
  result: FeelType | null,
): void {
  const options = { dialect, types, limits: textLimits, closed: true, ...(result && { result }) }
  for (const { code, from, to, found, expected } of checkFeel(text, typesIn(scope), options).faults)
    faults.push({ element, text, code, from, to, found, expected })
}

/** The type that an expression must give, where texts are checked and nothing is declared. */
export function typeGiven(text: string | null, scope: Scope, { checked, types }: Making): FeelType | null {
  return checked && text !== null ? checkFeel(text, typesIn(scope), { types, limits: textLimits }).type : null
}

/** The types of all names in scope. */
const typesIn = (scope: Scope): Record<string, FeelType> =>
  Object.fromEntries([...scope.visible()].map(([name, type]) => [name, type ?? ANY]))

type Maker<K extends Boxed["kind"]> = (boxed: Extract<Boxed, { kind: K }>, scope: Scope, making: Making) => Code

const makers: { readonly [K in Boxed["kind"]]: Maker<K> } = {
  literal: (boxed, scope, making) => textCode(boxed.text, scope, making, "Expression", typeOfRef(boxed.typeRef, making.types)),
  context: compileContext,
  invocation: (boxed, scope, making) => {
    const callee = boxedCode(boxed.callee, scope, making)
    const names = boxed.bindings.map(({ parameter }) => parameter)
    const args = boxed.bindings.map(({ value }) => boxedCode(value, scope, making))
    return (frame, run) => {
      const fn = callee(frame, run)
      if (!(fn instanceof FeelFunction)) return run.warn("not-a-function", 0, 0, making.element)
      return invokeNamed(
        fn,
        names,
        args.map((arg) => arg(frame, run)),
        run,
        HERE,
      )
    }
  },
  table: compileTable,
  relation: (boxed, scope, making) => {
    const types = boxed.columns.map(({ typeRef }) => typeOfRef(typeRef, making.types))
    const rows = boxed.rows.map((row) => row.map((cell) => boxedCode(cell, scope, making)))
    return (frame, run) => {
      run.take(rows.length * boxed.columns.length)
      return rows.map(
        (row) =>
          new Map(
            boxed.columns.map(({ name }, index): [string, Value] => [
              name,
              convertedResult(row[index]?.(frame, run) ?? null, types[index]!, run, name),
            ]),
          ),
      )
    }
  },
  list: (boxed, scope, making) => {
    const items = boxed.items.map((item) => boxedCode(item, scope, making))
    return (frame, run) => run.hold(items.map((item) => item(frame, run)))
  },
  function: (boxed, scope, making) => functionCode(boxed, "", scope, making, null),
  conditional: (boxed, scope, making) => {
    const [condition, then, otherwise] = [boxed.if, boxed.consequent, boxed.alternative].map((part) =>
      boxedCode(part, scope, making),
    )
    return (frame, run) => {
      const met = condition!(frame, run)
      if (met !== null && typeof met !== "boolean") return run.warn("not-a-condition", 0, 0, making.element)
      return met ? then!(frame, run) : otherwise!(frame, run)
    }
  },
  filter: (boxed, scope, making) => {
    const list = boxedCode(boxed.in, scope, making)
    const match = boxedCode(boxed.match, new Scope(scope, ["item"], true), making)
    return (frame, run) => {
      const value = list(frame, run)
      if (value === null) return null
      const kept: Value[] = []
      for (const item of isList(value) ? value : [value]) {
        run.tick(1)
        const passed = match(new Frame([item], frame), run)
        if (passed === true) kept.push(item)
        else if (typeof passed !== "boolean" && passed !== null) return run.warn("not-a-filter", 0, 0, making.element)
      }
      return kept
    }
  },
  for: compileIterator,
  every: compileIterator,
  some: compileIterator,
}

/** Code for a boxed expression; its result is converted to the type that it declares. */
export function boxedCode(boxed: Boxed | null, scope: Scope, making: Making): Code {
  if (!boxed) return NOTHING
  const code = (makers[boxed.kind] as Maker<Boxed["kind"]>)(boxed as never, scope, making)
  const type = boxed.kind === "function" ? null : typeOfRef(boxed.typeRef, making.types)
  return type && type.kind !== "any" ? (frame, run) => convertedResult(code(frame, run), type, run, making.element) : code
}

/** Entries in order; one without a name is the result. */
function compileContext(boxed: Extract<Boxed, { kind: "context" }>, scope: Scope, making: Making): Code {
  const inner = new Scope(scope)
  const codes = boxed.entries.map(({ variable, value }) => {
    const type = typeOfRef(variable?.typeRef ?? null, making.types)
    const recursive = variable && value?.kind === "function"
    if (recursive) inner.declare(variable.name, type)
    const code = boxedCode(value, inner, making)
    if (variable && !recursive) inner.declare(variable.name, type)
    return { name: variable?.name ?? null, code, type }
  })
  return (frame, run) => {
    const own = new Frame([], frame)
    const made = new Map<string, Value>()
    for (const { name, code, type } of codes) {
      const value = convertedResult(code(own, run), type, run, name ?? making.element)
      if (name === null) return value
      own.values.push(value)
      made.set(name, value)
    }
    return made
  }
}

function compileIterator(boxed: Extract<Boxed, { kind: "for" | "every" | "some" }>, scope: Scope, making: Making): Code {
  const list = boxedCode(boxed.in, scope, making)
  const inner = new Scope(scope, [boxed.variable, "partial"])
  const body = boxedCode(boxed.body, inner, making)
  const { kind } = boxed
  return (frame, run) => {
    const given = list(frame, run)
    if (given === null) return null
    const results: Value[] = []
    for (const item of itemsOf(given)) {
      run.tick(1)
      run.take(1)
      results.push(body(new Frame([item, [...results.slice(-PARTIAL_MAX)]], frame), run))
    }
    if (kind === "for") return results
    const deciding = kind === "some"
    if (results.includes(deciding)) return deciding
    return results.every((result) => typeof result === "boolean") ? !deciding : null
  }
}

const PARTIAL_MAX = 1000

const itemsOf = (value: Value): readonly Value[] => (isList(value) ? value : [value])

/** A function value; `own` is the slot of its own name in its scope, filled so that it may call itself. */
export function functionCode(fn: FunctionBody, name: string, scope: Scope, making: Making, result: FeelType | null): Code {
  if (fn.language !== "FEEL") return (_frame, run) => run.warn("external-function", 0, 0, making.element)
  const inner = new Scope(scope)
  const parameters = fn.parameters.map((parameter) => ({
    name: parameter.name,
    type: typeOfRef(parameter.typeRef, making.types) ?? ANY,
  }))
  for (const parameter of parameters) inner.declare(parameter.name, parameter.type)
  const body = boxedCode(fn.body, inner, making)
  return (frame) => ownFunction(name, parameters, result ?? ANY, body, frame)
}
