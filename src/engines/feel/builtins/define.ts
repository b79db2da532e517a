// Built-in functions written down by their signatures: `substring` takes `string: string, start position: number, length?: number`.
import type { Run } from "../evaluate/run.ts"
import { ANY, basicTypes, type FeelType } from "../values/feel-type.ts"
import { FeelFunction, type Parameter } from "../values/function.ts"
import type { Value } from "../values/value.ts"

/** Types of arguments, already checked, stand behind the names in the signature: `call` may rely on them. */
// biome-ignore lint/suspicious/noExplicitAny: the signature's text is the type, checked at each call before this function is reached
type Call = (args: any[], run: Run) => Value

export type Definition = readonly [signature: string, call: Call]

const parameterPattern = /^([^:?.]+)(\?)?(\.\.\.)?: ([a-z ]+?)(~)?$/

/** `name: type`; `?` behind the name may be left out, `...` takes all the rest, `~` behind the type may be null. */
function parameterOf(text: string): Parameter {
  const [, name, optional, rest, type, nullable] = parameterPattern.exec(text)!
  return {
    name: name!,
    type: basicTypes.get(type!)!,
    optional: optional !== undefined,
    rest: rest !== undefined,
    nullable: nullable !== undefined || type === "any",
  }
}

/** A function with its ways of being called, tried in order. */
export function define(name: string, ...definitions: readonly Definition[]): readonly [string, FeelFunction] {
  const signatures = definitions.map(([text, call]) => ({
    parameters: text === "" ? [] : text.split(", ").map(parameterOf),
    result: ANY as FeelType,
    call: call as (args: readonly Value[], run: Run) => Value,
  }))
  return [name, new FeelFunction(name, signatures, false)]
}
