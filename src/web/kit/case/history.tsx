// The timeline of a case in plain words: what happened, who did it, when.
import type { TimelineEvent } from "#cases"
import type { Frame } from "#platform/http"
import { Moment } from "../text.tsx"
import { Timeline, type TimelineEntry } from "../timeline.tsx"
import { caseWordOr, caseWords } from "./words.ts"

interface HistoryProps {
  readonly frame: Frame
  readonly events: readonly TimelineEvent[]
  /** What is now, and what comes next. */
  readonly ahead?: readonly TimelineEntry[]
}

export function History({ frame, events, ahead = [] }: HistoryProps) {
  const done = events.map(
    (event): TimelineEntry => ({
      key: `done-${event.seq}`,
      state: "done",
      title: caseWordOr(frame, `event.${event.code}`, "event.other"),
      when: <Moment frame={frame} value={event.at} />,
      who: event.actor.startsWith("jobs") || event.actor === "" ? caseWords(frame)("system") : event.actor,
    }),
  )
  return <Timeline entries={[...done, ...ahead]} />
}
