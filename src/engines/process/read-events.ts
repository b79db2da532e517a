// Event definitions of BPMN: message, signal, error, escalation, timer, condition, compensation, link, cancel, terminate.
import { constant } from "./expressions.ts"
import type { EventDefinition, Expression } from "./graph.ts"
import { type Element, expressionText, isOn, nameOf, part, text, typeOf } from "./moddle-element.ts"
import type { Reading } from "./reading.ts"

/** The definitions of an event, those that it only refers to included; what can't be read is reported. */
export function readEvents(reading: Reading, elements: readonly Element[], at: string): EventDefinition[] {
  return elements.flatMap((one) => {
    const event = readEvent(reading, one, at)
    if (event?.on === "condition") reading.building.conditional = true
    return event ? [event] : []
  })
}

/** One definition. */
export function readEvent(reading: Reading, element: Element, at: string): EventDefinition | undefined {
  switch (typeOf(element)) {
    case "MessageEventDefinition": {
      const message = part(element, "messageRef") ?? part(part(element, "operationRef"), "inMessageRef")
      return { on: "message", name: message ? nameOf(message) : at, ...reading.keyOf(element, at) }
    }
    case "SignalEventDefinition": {
      const signal = part(element, "signalRef")
      return { on: "signal", name: signal ? nameOf(signal) : "" }
    }
    case "ErrorEventDefinition":
      return { on: "error", ...codeOf(part(element, "errorRef"), "errorCode") }
    case "EscalationEventDefinition":
      return { on: "escalation", ...codeOf(part(element, "escalationRef"), "escalationCode") }
    case "TimerEventDefinition":
      return readTimer(reading, element, at)
    case "ConditionalEventDefinition": {
      const when = reading.expressionOf(element, "condition", at)
      if (!when) reading.building.report("event-broken", at, { reason: "no-condition" })
      return when && { on: "condition", when }
    }
    case "CompensateEventDefinition": {
      const activity = part(element, "activityRef")?.id
      return { on: "compensate", ...(activity !== undefined && { activity }), waits: isOn(element, "waitForCompletion", true) }
    }
    case "LinkEventDefinition":
      return { on: "link", name: nameOf(element) }
    case "CancelEventDefinition":
      return { on: "cancel" }
    case "TerminateEventDefinition":
      return { on: "terminate" }
    default:
      reading.building.report("element-unknown", at, { element: typeOf(element) })
      return undefined
  }
}

function codeOf(element: Element | undefined, property: string): { code?: string } {
  if (!element) return {}
  return { code: text(element, property) || nameOf(element) }
}

const KINDS = { timeDuration: "duration", timeDate: "date", timeCycle: "cycle" } as const
/** Durations, dates and cycles of ISO 8601 stand for themselves; the rest is FEEL. */
const PLAIN = /^(?:R\d*\/.*|-?P[\dTYMWDHS.]*|\d{4}-.*)$/

function readTimer(reading: Reading, element: Element, at: string): EventDefinition | undefined {
  const after = element.$attrs["motlan:after"]
  if (typeof after === "string" && /^[1-9]\d{0,3} [a-z-]+$/.test(after))
    return { on: "timer", timer: "duration", at: constant(after, after) }
  for (const [property, timer] of Object.entries(KINDS)) {
    const source = expressionText(element, property)
    if (source === undefined) continue
    const when: Expression = PLAIN.test(source) ? constant(source, source) : reading.expression(source, at)
    return { on: "timer", timer, at: when }
  }
  reading.building.report("event-broken", at, { reason: "no-time" })
  return undefined
}
