// Conditions and other FEEL of a process: compiled once, read over the data of the instance.
import { compileFeel, FeelError } from "#engines/feel"
import type { Data, Expression, Vars } from "./graph.ts"
import { EVALUATION_STEPS_MAX } from "./limits.ts"

/** An expression went beyond its budget while running. */
export class ExpressionFailed extends Error {}

/** Names that the engine itself gives to conditions. */
export const OWN_NAMES = [
  "outcome",
  "asker",
  "loopCounter",
  "numberOfInstances",
  "numberOfActiveInstances",
  "numberOfCompletedInstances",
  "numberOfTerminatedInstances",
  "activationCount",
] as const

const OUTCOME = /^=?\s*outcome\s*=\s*"([a-z][a-z0-9-]{0,39})"\s*$/
const NUMBER = /^=?\s*(-?\d{1,15})\s*$/

/** The outcome that a condition of the form `outcome = "accept"` asks for. */
export const outcomeAsked = (text: string): string | undefined => OUTCOME.exec(text)?.[1]

/** What always gives the same. */
export const constant = (text: string, value: Data): Expression => ({ text, value: () => value })

/** Compiles a FEEL expression over `names`. Throws FeelError. */
export function compileExpression(text: string, names: readonly string[]): Expression {
  const plain = text.trim()
  const number = NUMBER.exec(plain)?.[1]
  if (number !== undefined) return constant(plain, Number(number))
  if (plain === "true" || plain === "false") return constant(plain, plain === "true")
  const compiled = compileFeel(plain.replace(/^=/, ""), names)
  return {
    text: plain,
    value(vars: Vars) {
      try {
        return (compiled.evaluate(vars, { budget: { steps: EVALUATION_STEPS_MAX } }) ?? null) as Data
      } catch (error) {
        if (error instanceof FeelError) throw new ExpressionFailed(error.code)
        throw error
      }
    },
  }
}
