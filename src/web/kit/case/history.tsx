// The timeline of a case in plain words: what happened, who did it, when.
import type { TimelineEvent } from "#cases"
import type { Frame } from "#platform/http"
import { Moment } from "../text.tsx"
import { Timeline, type TimelineEntry } from "../timeline.tsx"
import { formats } from "../words.ts"
import { caseWordOr, caseWords } from "./words.ts"

interface HistoryProps {
  readonly frame: Frame
  readonly events: readonly TimelineEvent[]
}

export function History({ frame, events }: HistoryProps) {
  const done = events.map(
    (event): TimelineEntry => ({
      key: `done-${event.seq}`,
      state: "done",
      title: titleOf(frame, event),
      when: <Moment frame={frame} value={event.at} />,
      who: event.actor.startsWith("jobs") || event.actor === "" ? caseWords(frame)("system") : event.actor,
    }),
  )
  return <Timeline entries={done} />
}

/** Most codes are words by themselves; a move to another version tells which, by what law, and what became of the due date. */
function titleOf(frame: Frame, { code, params }: TimelineEvent): string {
  if (code !== "migrated") return caseWordOr(frame, `event.${code}`, "event.other")
  const { dueBefore, dueAfter } = params
  const told = { to: params.to ?? "", law: params.law ?? "" }
  if (dueBefore === undefined || dueBefore === dueAfter) return caseWords(frame)("event.migrated", told)
  const day = (at: string | number | undefined) => formats(frame).day(String(at))
  return caseWords(frame)("event.migrated-due", { ...told, dueBefore: day(dueBefore), dueAfter: day(dueAfter) })
}
