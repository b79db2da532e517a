// The timeline of a case in plain words: what happened, who did it, when.
import type { TimelineEvent } from "#cases"
import type { Frame } from "#platform/http"
import { Moment } from "../text.tsx"
import { Timeline, type TimelineEntry } from "../timeline.tsx"
import { formats } from "../words.ts"
import { caseWordOr, caseWords, findCaseWord } from "./words.ts"

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
  // An outcome that a country has invented is told by the kind of its step.
  if (code !== "migrated")
    return findCaseWord(frame, `event.${code}`) ?? caseWordOr(frame, `event.${code.split(".")[0]}`, "event.other")
  const { dueBefore, dueAfter } = params
  const told = { to: params.to ?? "", law: params.law ?? "" }
  if (dueBefore === undefined || dueBefore === dueAfter) return caseWords(frame)("event.migrated", told)
  const day = (at: string | number | undefined) => formats(frame).day(String(at))
  return caseWords(frame)("event.migrated-due", { ...told, dueBefore: day(dueBefore), dueAfter: day(dueAfter) })
}
