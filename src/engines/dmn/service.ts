// Decision services: some decisions of a model as a function of their inputs.
import { ANY, FeelFunction, type FeelType, type Value } from "#engines/feel"
import { type CompiledModel, type Memo, valueIn } from "./compile-model.ts"
import type { Service } from "./model.ts"

export interface ServiceParameter {
  readonly name: string
  readonly type: FeelType
}

/** Input data first, then decisions that are given from outside. */
export function serviceParameters(service: Service, compiled: CompiledModel): ServiceParameter[] {
  return [...service.inputs, ...service.inputDecisions].map((href) => {
    const unit = compiled.unit(href)
    return { name: unit.element.name, type: unit.type ?? ANY }
  })
}

/** The service as a function; with several output decisions it gives a context of them. */
export function serviceFunction(
  service: Service,
  compiled: CompiledModel,
  parameters: readonly ServiceParameter[],
): FeelFunction {
  const outputs = service.outputs.map((href) => compiled.unit(href))
  const signature = {
    parameters,
    result: ANY,
    call: (args: readonly Value[], run: Parameters<FeelFunction["signatures"][number]["call"]>[1]): Value => {
      const inputs = new Map(parameters.map(({ name }, index) => [name, args[index]!]))
      const memo: Memo = new Map()
      const values = outputs.map((unit): [string, Value] => [unit.element.name, valueIn(unit, memo, run, inputs)])
      return values.length === 1 ? values[0]![1] : new Map(values)
    },
  }
  return new FeelFunction(service.name, [signature], true)
}
