// Loops and multiple instances of an activity.
import type { EventDefinition, Loop } from "./graph.ts"
import { type Element, isOn, nameOf, number, part, parts, text, typeOf } from "./moddle-element.ts"
import { readEvent } from "./read-events.ts"
import { dataName, type Reading } from "./reading.ts"

/** How an activity is repeated; a loop that could never end is reported. */
export function readLoop(reading: Reading, element: Element | undefined, at: string): Loop | undefined {
  if (!element) return undefined
  return typeOf(element) === "StandardLoopCharacteristics" ? standard(reading, element, at) : many(reading, element, at)
}

function standard(reading: Reading, element: Element, at: string): Loop {
  const condition = reading.expressionOf(element, "loopCondition", at)
  const max = number(element, "loopMaximum", Number.NaN)
  const bounded = !Number.isNaN(max)
  if (bounded && max < 0) reading.building.report("loop-wrong", at, { max })
  if (!bounded && !condition) reading.building.report("loop-wrong", at, { reason: "endless" })
  return {
    loop: "standard",
    before: isOn(element, "testBefore", false),
    ...(condition && { while: condition }),
    ...(bounded && { max }),
  }
}

function many(reading: Reading, element: Element, at: string): Loop {
  const count = reading.expressionOf(element, "loopCardinality", at)
  const list = part(element, "loopDataInputRef")
  const item = part(element, "inputDataItem")
  const until = reading.expressionOf(element, "completionCondition", at)
  if (!count && !list) reading.building.report("loop-wrong", at, { reason: "no-count" })
  const behaviour = (text(element, "behavior") ?? "All").toLowerCase() as "all" | "one" | "none" | "complex"
  const event = eventOf(reading, part(element, behaviour === "one" ? "oneBehaviorEventRef" : "noneBehaviorEventRef"), at)
  return {
    loop: "many",
    sequential: isOn(element, "isSequential", false),
    ...(count && { count }),
    ...(list && { list: dataName(list) }),
    ...(item && { item: nameOf(item) }),
    ...(until && { until }),
    behaviour,
    ...(event && { event }),
    complex: parts(element, "complexBehaviorDefinition").flatMap((one) => {
      const when = reading.expressionOf(one, "condition", at)
      const thrown = eventOf(reading, parts(part(one, "event"), "eventDefinitions")[0], at)
      return when ? [{ when, ...(thrown && { event: thrown }) }] : []
    }),
  }
}

const eventOf = (reading: Reading, element: Element | undefined, at: string): EventDefinition | undefined =>
  element && readEvent(reading, element, at)
