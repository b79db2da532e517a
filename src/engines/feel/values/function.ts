// Functions as values: an expression's own, and the built-in ones with their signatures.
import type { Run } from "../evaluate/run.ts"
import type { FeelType } from "./feel-type.ts"
import type { Value } from "./value.ts"

export interface Parameter {
  readonly name: string
  readonly type: FeelType
  readonly optional?: boolean
  /** Takes all the rest of the arguments as a list. */
  readonly rest?: boolean
  /** Null is an argument like others: without it, null makes the call null. */
  readonly nullable?: boolean
}

/** One way of calling a function. */
export interface Signature {
  readonly parameters: readonly Parameter[]
  readonly result: FeelType
  readonly call: (args: readonly Value[], run: Run) => Value
}

export class FeelFunction {
  constructor(
    readonly name: string,
    readonly signatures: readonly Signature[],
    /** Functions of one's own take null like any other argument. */
    readonly own: boolean,
  ) {}
}
