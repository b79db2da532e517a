// Timers as data: ISO 8601 durations, dates and cycles as instants, and which of them are due.
import type { Data, EventDefinition, GraphNode } from "../graph.ts"
import type { Live } from "../run-state.ts"
import type { Run } from "./run.ts"

type Timer = Extract<EventDefinition, { on: "timer" }>

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const CYCLE = /^R(\d*)\/(?:(\d{4}-[^/]*)\/)?(P[^/]*)(?:\/\d{4}-.*)?$/
/** Limits in the words of the law, such as `30 working-days`: the caller's calendar keeps them and says `due`. */
const OF_THE_CALENDAR = /^[1-9]\d{0,3} (working-day|working-hour|hour|day|month)s?$/
const SPAN_MS_MAX = 100 * 366 * 86_400_000

/** The instant that lies a duration after another, in milliseconds; months and years by the calendar (UTC). Undefined when it is none. */
export function after(from: number, duration: string): number | undefined {
  const parts = DURATION.exec(duration)
  if (!parts || duration.endsWith("T") || duration === "P") return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  const date = new Date(from)
  const monthsOn = date.getUTCMonth() + years! * 12 + months!
  const last = new Date(Date.UTC(date.getUTCFullYear(), monthsOn + 1, 0)).getUTCDate()
  const day = Date.UTC(date.getUTCFullYear(), monthsOn, Math.min(date.getUTCDate(), last))
  const time = from - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  const at = day + time + (weeks! * 7 + days!) * 86_400_000 + hours! * 3_600_000 + minutes! * 60_000 + Math.round(seconds! * 1000)
  return Number.isFinite(at) && at - from <= SPAN_MS_MAX ? at : undefined
}

/** Arms the timers of an event, on what is alive while it waits. */
export function arm(run: Run, on: Live, event: GraphNode, within: number): void {
  for (const definition of event.events) if (definition.on === "timer") armOne(run, on, event, definition, within)
}

function armOne(run: Run, on: Live, event: GraphNode, timer: Timer, within: number): void {
  const due = run.oracle ? { at: 0, again: 0, every: 0 } : dueOf(run, event, timer, within)
  if (!due) return
  const { at, again, every } = due
  on.due = [...(on.due ?? []), again === 0 ? [event.id, at] : [event.id, at, again, every]]
}

/** When a timer is due, how often after that (-1: for ever) and at what distance; undefined when it never is, or not by our clock. */
export function dueOf(run: Run, event: GraphNode, timer: Timer, within: number) {
  const value = textOfTime(run.evaluate(timer.at, within, event.id))
  if (OF_THE_CALENDAR.test(value)) return undefined
  if (timer.timer === "date") {
    const at = Date.parse(value)
    return Number.isNaN(at) ? run.fail("timer-wrong", event.id, { value }) : { at, again: 0, every: 0 }
  }
  const [, count, from, span = value] = CYCLE.exec(value) ?? []
  const start = from === undefined ? run.now : Date.parse(from)
  const first = after(start, span)
  if (first === undefined || (count !== undefined && first <= start)) return run.fail("timer-wrong", event.id, { value })
  const times = count === undefined ? 1 : count === "" ? Number.POSITIVE_INFINITY : Number(count)
  if (times === 0) return undefined
  const again = times === Number.POSITIVE_INFINITY ? -1 : times - 1
  return { at: from === undefined ? first : start, again, every: first - start }
}

const textOfTime = (value: Data): string => (typeof value === "string" ? value : JSON.stringify(value))

/** The next timer that is due, taken off or moved on; undefined when none is. */
export function takeDue(run: Run): { on: Live; event: GraphNode } | undefined {
  let first: { on: Live; index: number; at: number } | undefined
  for (const on of run.live.values())
    on.due?.forEach(([, at], index) => {
      if (at <= run.now && (first === undefined || at < first.at)) first = { on, index, at }
    })
  if (!first) return undefined
  const { on, index, at } = first as { on: Live; index: number; at: number }
  const [event, , again = 0, every = 0] = on.due![index]!
  const rest = on.due!.filter((_, i) => i !== index)
  if (again !== 0) rest.push([event, at + every, again < 0 ? -1 : again - 1, every])
  if (rest.length > 0) on.due = rest
  else delete on.due
  return { on, event: run.node(event) }
}
