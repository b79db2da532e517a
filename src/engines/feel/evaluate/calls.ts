// Functions: their definition, and calling them by position or by name.
import type { Ast, AstOf } from "../syntax/ast.ts"
import { ANY, converted, type FeelType } from "../values/feel-type.ts"
import { FeelFunction, type Parameter, type Signature } from "../values/function.ts"
import { isList, type Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import { placeOf } from "./operators.ts"
import type { Run } from "./run.ts"
import { Frame, Scope } from "./scope.ts"

/** The arguments as a signature wants them; undefined when they aren't its. */
function bound(parameters: readonly Parameter[], args: readonly Value[], own: boolean, run: Run): Value[] | undefined {
  const last = parameters.at(-1)
  if (args.length > parameters.length && !last?.rest) return undefined
  const result: Value[] = []
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index]!
    const given = parameter.rest ? args.slice(index) : args[index]
    if (given === undefined || (parameter.rest && args.length <= index)) {
      if (!parameter.optional) return undefined
      continue
    }
    if (given === null && !own && !parameter.nullable) return undefined
    const value = converted(given, parameter.type, run)
    if (value === undefined || (value === null && !own && !parameter.nullable)) return undefined
    result[index] = value
  }
  return result
}

/** Calls a function by position; null with a warning when no signature takes these arguments. */
export function invoke(fn: FeelFunction, args: readonly Value[], run: Run, node: { from: number; to: number }): Value {
  for (const { parameters, result, call } of fn.signatures) {
    const given = bound(parameters, args, fn.own, run)
    if (!given) continue
    run.enter()
    const value = call(given, run)
    run.leave()
    if (value === null) return fn.own ? null : run.warn("function-null", node.from, node.to, fn.name)
    return result === ANY ? value : (converted(value, result, run) ?? run.warn("wrong-result", node.from, node.to, fn.name))
  }
  return run.warn("wrong-arguments", node.from, node.to, fn.name)
}

/** Arguments by name in the order of a signature; undefined when the names aren't its. */
function ordered({ parameters }: Signature, names: readonly string[], args: readonly Value[]): Value[] | undefined {
  const result: (Value | undefined)[] = []
  for (const [at, name] of names.entries()) {
    const index = parameters.findIndex((parameter) => parameter.name === name)
    if (index < 0 || result[index] !== undefined) return undefined
    const parameter = parameters[index]!
    const value = args[at]!
    if (parameter.rest && isList(value)) result.splice(index, 1, ...value)
    else result[index] = value
  }
  for (const [index, parameter] of parameters.entries()) {
    if (result[index] !== undefined || parameter.optional) continue
    if (!parameter.nullable) return undefined
    result[index] = null
  }
  return Array.from(result, (value) => value ?? null)
}

export function invokeNamed(
  fn: FeelFunction,
  names: readonly string[],
  args: readonly Value[],
  run: Run,
  node: { from: number; to: number },
): Value {
  for (const signature of fn.signatures) {
    const list = ordered(signature, names, args)
    if (list && bound(signature.parameters, list, fn.own, run)) return invoke({ ...fn, signatures: [signature] }, list, run, node)
  }
  return run.warn("wrong-arguments", node.from, node.to, fn.name)
}

export function compileCall(node: AstOf<"call">, scope: Scope, compiler: Compiler): Code {
  const callee = compiler.compile(node.callee, scope)
  const args = node.args.map((arg) => compiler.compile(arg, scope))
  const { names } = node
  const [place, calleePlace] = [placeOf(node), placeOf(node.callee)]
  return (frame, run) => {
    const fn = callee(frame, run)
    if (!(fn instanceof FeelFunction)) return run.warn("not-a-function", calleePlace.from, calleePlace.to)
    const given = args.map((arg) => arg(frame, run))
    return names ? invokeNamed(fn, names, given, run, place) : invoke(fn, given, run, place)
  }
}

/** A function value of FEEL's own making: parameters in slots of a new frame around `body`. */
export function ownFunction(
  name: string,
  parameters: readonly { readonly name: string; readonly type: FeelType }[],
  result: FeelType,
  body: Code,
  frame: Frame | null,
): FeelFunction {
  return new FeelFunction(name, [{ parameters, result, call: (args, run) => body(new Frame([...args], frame), run) }], true)
}

export function compileFunction(node: AstOf<"function">, scope: Scope, compiler: Compiler): Code {
  const parameters = node.parameters.map(({ name, type }) => ({ name, type: type ? (compiler.type(type) ?? null) : ANY }))
  if (node.external) return (_frame, run) => run.warn("external-function", node.from, node.to)
  const inner = new Scope(scope)
  for (const { name, type } of parameters) inner.declare(name, type)
  const body = compiler.compile(node.body as Ast, inner)
  if (parameters.some(({ type }) => type === null)) return (_frame, run) => run.warn("unknown-type", node.from, node.to)
  const typed = parameters as { name: string; type: FeelType }[]
  return (frame) => ownFunction("", typed, ANY, body, frame)
}
