// A model compiled once: each element in the scope of what it requires, asked as often as one likes.
import { type Code, type Frame as FeelFrame, type FeelType, Frame, isContext, type Run, Scope, type Value } from "#engines/feel"
import { boxedCode, functionCode, type Making, type TextFault } from "./compile-boxed.ts"
import { convertedResult } from "./convert.ts"
import { DmnError } from "./dmn-error.ts"
import { type Types, typeOfRef, typesOf } from "./item-types.ts"
import { IMPORT_DEPTH_MAX } from "./limits.ts"
import type { Decision, Element, InputData, Knowledge, Model, Service } from "./model.ts"
import { serviceFunction, serviceParameters } from "./service.ts"

/** Values known in one asking, by element. */
export type Memo = Map<Unit, Value>

/** An element ready to be asked. */
export interface Unit {
  readonly element: Element
  readonly type: FeelType | null
  /** Compiles its texts now, that their faults be known. */
  prepare?(): void
  value(memo: Memo, run: Run, inputs: Inputs): Value
}

/** What the asker gives: input data and, in their stead, decisions by name. */
export type Inputs = ReadonlyMap<string, Value>

export interface CompiledModel {
  readonly model: Model
  readonly types: Types
  readonly faults: readonly TextFault[]
  readonly imports: ReadonlyMap<string, CompiledModel>
  unit(href: string): Unit
  named(name: string): Unit | undefined
}

/** How a model is made: with the parts watched for a trace, with names and types checked, with types of inputs that the XML leaves open. */
export interface ModelOptions {
  readonly watched?: boolean
  readonly checked?: boolean
  readonly inputs?: Readonly<Record<string, FeelType>>
}

/** Compiles a model; `imports` are the models that it names, compiled, by namespace. Throws DmnError `unknown-import`. */
export function compileModel(
  model: Model,
  given: ReadonlyMap<string, CompiledModel> = new Map(),
  { watched = false, checked = false, inputs = {} }: ModelOptions = {},
): CompiledModel {
  const imports = new Map(
    model.imports.map(({ name, namespace }) => {
      const known = given.get(namespace)
      if (!known) throw new DmnError("unknown-import", name, namespace)
      return [name, known] as const
    }),
  )
  const types = typesOf(model, (name) => importedType(name, imports))
  const faults: TextFault[] = []
  const units = new Map<string, Unit>()
  const compiled: CompiledModel = {
    model,
    types,
    faults,
    imports,
    unit: (href) => findUnit(href, model, units, given),
    named: (name) => [...units.values()].find(({ element }) => element.name === name),
  }
  for (const element of model.elements)
    units.set(element.id, unitOf(element, compiled, { element: element.name, types, faults, watched, checked, inputs }))
  return compiled
}

function importedType(name: string, imports: ReadonlyMap<string, CompiledModel>): FeelType | null {
  for (const [prefix, model] of imports) {
    if (prefix === "") {
      const found = model.types(name)
      if (found) return found
    } else if (name.startsWith(`${prefix}.`)) return model.types(name.slice(prefix.length + 1))
  }
  return null
}

function findUnit(href: string, model: Model, units: ReadonlyMap<string, Unit>, given: ReadonlyMap<string, CompiledModel>): Unit {
  const at = href.lastIndexOf("#")
  const [namespace, id] = [href.slice(0, Math.max(0, at)), href.slice(at + 1)]
  if (namespace !== "" && namespace !== model.namespace) {
    const other = given.get(namespace) ?? modelOf(namespace, given)
    if (!other) throw new DmnError("unknown-import", href)
    return other.unit(id)
  }
  const unit = units.get(id)
  if (!unit) throw new DmnError("unknown-element", href)
  return unit
}

/** A model that an imported one imports. */
function modelOf(namespace: string, given: ReadonlyMap<string, CompiledModel>, depth = 0): CompiledModel | undefined {
  for (const model of given.values()) {
    if (model.model.namespace === namespace) return model
    const found = depth < IMPORT_DEPTH_MAX ? modelOf(namespace, model.imports, depth + 1) : undefined
    if (found) return found
  }
  return undefined
}

const unitOf = (element: Element, compiled: CompiledModel, making: Making): Unit => {
  if (element.kind === "input") return inputUnit(element, making)
  if (element.kind === "decision") return decisionUnit(element, compiled, making)
  if (element.kind === "knowledge") return knowledgeUnit(element, compiled, making)
  return serviceUnit(element, compiled)
}

function inputUnit(element: InputData, making: Making): Unit {
  const type = typeOfRef(element.variable.typeRef, making.types) ?? making.inputs[element.name] ?? null
  return {
    element,
    type,
    value: (_memo, run, inputs) => convertedResult(inputs.get(element.name) ?? null, type, run, element.name),
  }
}

/** What is required, by name: own elements, and those of imports inside their import's name, however deep. */
interface Needs {
  readonly units: Map<string, Unit>
  readonly inside: Map<string, Needs>
}

const noNeeds = (): Needs => ({ units: new Map(), inside: new Map() })

/** The names of the imports that lead to a model; none for the model itself, or where nobody imports it by a name. */
function pathTo(namespace: string, compiled: CompiledModel, depth = 0): readonly string[] | undefined {
  if (namespace === "" || namespace === compiled.model.namespace) return []
  if (depth > IMPORT_DEPTH_MAX) return undefined
  for (const [name, imported] of compiled.imports) {
    const rest = pathTo(namespace, imported, depth + 1)
    if (rest) return name === "" ? rest : [name, ...rest]
  }
  return undefined
}

/** What an element requires, as a scope and what fills it. */
function requirements(
  hrefs: readonly string[],
  compiled: CompiledModel,
): { scope: Scope; fill(memo: Memo, run: Run, inputs: Inputs): FeelFrame } {
  const needs = noNeeds()
  for (const href of hrefs) {
    const unit = compiled.unit(href)
    let place = needs
    for (const name of pathTo(href.slice(0, Math.max(0, href.lastIndexOf("#"))), compiled) ?? []) {
      const below = place.inside.get(name) ?? noNeeds()
      place.inside.set(name, below)
      place = below
    }
    place.units.set(unit.element.variable.name, unit)
  }
  const scope = new Scope(null)
  for (const [name, unit] of needs.units) scope.declare(name, unit.type)
  for (const [name, below] of needs.inside) scope.declare(name, typeOfNeeds(below))
  return {
    scope,
    fill(memo, run, inputs) {
      const values = [...needs.units.values()].map((unit) => valueIn(unit, memo, run, inputs))
      for (const [name, below] of needs.inside) values.push(filledNeeds(name, below, memo, run, inputs))
      return new Frame(values, null)
    },
  }
}

const typeOfNeeds = ({ units, inside }: Needs): FeelType => ({
  kind: "context-of",
  entries: new Map<string, FeelType>([
    ...[...units].map(([name, unit]) => [name, unit.type ?? { kind: "any" as const }] as const),
    ...[...inside].map(([name, below]) => [name, typeOfNeeds(below)] as const),
  ]),
})

/** What is asked of a model by way of an import: with the inputs that are given under the import's name, where there are any. */
function filledNeeds(name: string, { units, inside }: Needs, memo: Memo, run: Run, inputs: Inputs): Value {
  const given = inputs.get(name)
  const [own, known] = given !== undefined && isContext(given) ? [given, memoInside(memo, name)] : [inputs, memo]
  const made = new Map<string, Value>()
  for (const [key, unit] of units) made.set(key, valueIn(unit, known, run, own))
  for (const [key, below] of inside) made.set(key, filledNeeds(key, below, known, run, own))
  return made
}

/** The same element has other values where other inputs are given to its model. */
const memosInside = new WeakMap<Memo, Map<string, Memo>>()

function memoInside(memo: Memo, name: string): Memo {
  const known = memosInside.get(memo) ?? new Map<string, Memo>()
  memosInside.set(memo, known)
  const inner = known.get(name) ?? new Map()
  known.set(name, inner)
  return inner
}

/** An element's value, found once in an asking. */
export function valueIn(unit: Unit, memo: Memo, run: Run, inputs: Inputs): Value {
  const known = memo.get(unit)
  if (known !== undefined) return known
  run.enter()
  const value = unit.value(memo, run, inputs)
  run.leave()
  memo.set(unit, value)
  return value
}

/** Compiles when first asked: what it requires may stand later in the model. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function decisionUnit(element: Decision, compiled: CompiledModel, making: Making): Unit {
  const type = typeOfRef(element.variable.typeRef, making.types)
  const ready = lazily(() => {
    const required = requirements(element.requires, compiled)
    return { required, code: boxedCode(element.logic, required.scope, making) }
  })
  return {
    element,
    type,
    prepare: () => void ready(),
    value(memo, run, inputs) {
      const given = inputs.get(element.name)
      if (given !== undefined) return convertedResult(given, type, run, element.name)
      const { required, code } = ready()
      return convertedResult(code(required.fill(memo, run, inputs), run), type, run, element.name)
    },
  }
}

function knowledgeUnit(element: Knowledge, compiled: CompiledModel, making: Making): Unit {
  const declared = typeOfRef(element.variable.typeRef, making.types)
  const result = declared && (declared.kind === "function-of" ? declared.result : declared)
  const ready = lazily((): { fill: (memo: Memo, run: Run, inputs: Inputs) => FeelFrame; code: Code } => {
    const required = requirements(element.requires, compiled)
    // Its own name, in a scope of its own, so that it may call itself.
    const scope = new Scope(required.scope, [element.variable.name])
    const code = element.logic ? functionCode(element.logic, element.name, scope, making, result) : () => null
    return { fill: required.fill, code }
  })
  return {
    element,
    type: declared,
    prepare: () => void ready(),
    value(memo, run, inputs) {
      const { fill, code } = ready()
      const own = new Frame([null], fill(memo, run, inputs))
      const fn = code(own, run)
      own.values[0] = fn
      return fn
    },
  }
}

function serviceUnit(element: Service, compiled: CompiledModel): Unit {
  const parameters = lazily(() => serviceParameters(element, compiled))
  return {
    element,
    type: null,
    value: (_memo, _run, _inputs) => serviceFunction(element, compiled, parameters()),
  }
}
