// Calls against what the function takes: how many arguments, their names, their types.
import { builtins } from "../builtins/registry.ts"
import type { AstOf } from "../syntax/ast.ts"
import { ANY, type FeelType, typeText } from "../values/feel-type.ts"
import type { Parameter } from "../values/function.ts"
import type { Checking, Names } from "./checking.ts"
import { alternatives, canBe, isOpen, mayBeGiven } from "./kinds.ts"
import { resultOf } from "./results.ts"

/** The function that a name means: a built-in, unless the name is declared. */
export const builtinNamed = (name: string, names: Names) => (names.find(name) === undefined ? builtins.get(name) : undefined)

export function checkCall(node: AstOf<"call">, names: Names, checking: Checking): FeelType {
  const args = node.args.map((arg) => checking.typeOf(arg, names))
  const fn = node.callee.kind === "name" ? builtinNamed(node.callee.name, names) : undefined
  if (fn)
    return checkBuiltin(
      fn.name,
      fn.signatures.map(({ parameters }) => parameters),
      node,
      args,
      checking,
    )
  const callee = checking.typeOf(node.callee, names)
  if (isOpen(callee)) return ANY
  if (!canBe(callee, "function")) return checking.wrong(node.callee, "call", typeText(callee), "function")
  const [own] = alternatives(callee)
  if (own?.kind !== "function-of" || alternatives(callee).length > 1) return ANY
  if (!node.names) {
    if (own.parameters.length !== args.length)
      return checking.wrong(node, "arguments", String(args.length), String(own.parameters.length))
    for (const [index, wanted] of own.parameters.entries())
      if (!mayBeGiven(args[index]!, wanted))
        checking.wrong(node.args[index]!, "argument", typeText(args[index]!), typeText(wanted))
  }
  return own.result
}

type Parameters = readonly Parameter[]

function checkBuiltin(
  name: string,
  ways: readonly Parameters[],
  node: AstOf<"call">,
  args: readonly FeelType[],
  checking: Checking,
): FeelType {
  const called = ways.flatMap((parameters) => placed(parameters, node, args) ?? [])
  if (called.length === 0) {
    const found = node.names ? node.names.join(", ") : String(args.length)
    return checking.wrong(node, "arguments", found, ways.map((way) => `${name}(${wayText(way)})`).join(", "))
  }
  const misfits = called.map((pairs) => pairs.find(({ given, parameter }) => !mayBeGiven(given, parameter.type)))
  if (misfits.every((misfit) => misfit !== undefined)) {
    // The way that goes furthest tells best what is wrong.
    const furthest = misfits.reduce((a, b) => (b!.index > a!.index ? b : a))!
    const wanted = misfits.filter((one) => one!.index === furthest.index).map((one) => typeText(one!.parameter.type))
    checking.wrong(node.args[furthest.index]!, "argument", typeText(furthest.given), [...new Set(wanted)].join(" | "))
  }
  const right = called[misfits.indexOf(undefined)] ?? called[0]!
  return resultOf(name, node.names ? right.map(({ given }) => given) : args)
}

interface Pair {
  readonly index: number
  readonly given: FeelType
  readonly parameter: Parameter
}

/** Each argument with its parameter, inside a list so that it can be left out of many; undefined when they aren't this way's. */
function placed(parameters: Parameters, node: AstOf<"call">, args: readonly FeelType[]): [Pair[]] | undefined {
  if (node.names) {
    const pairs = node.names.map((name, index) => ({
      index,
      given: args[index]!,
      parameter: parameters.find((one) => one.name === name),
    }))
    const missing = parameters.some(({ name, optional, nullable }) => !optional && !nullable && !node.names!.includes(name))
    return missing || pairs.some(({ parameter }) => !parameter) ? undefined : [pairs as Pair[]]
  }
  const last = parameters.at(-1)
  const least = parameters.filter(({ optional }) => !optional).length
  if (args.length < least || (args.length > parameters.length && !last?.rest)) return undefined
  return [args.map((given, index) => ({ index, given, parameter: parameters[index] ?? last! }))]
}

const wayText = (parameters: Parameters): string =>
  parameters
    .map(({ name, type, optional, rest }) => `${name}${optional ? "?" : ""}${rest ? "..." : ""}: ${typeText(type)}`)
    .join(", ")
