// How a case goes through its process: its steps in words, and beneath them the drawing of the whole process.
import type { CaseCourse, CaseFile, StepShown, Wait } from "#cases"
import type { Frame } from "#platform/http"
import { Moment } from "../text.tsx"
import { Timeline, type TimelineEntry } from "../timeline.tsx"
import { formats, textOf } from "../words.ts"
import { stepName } from "./decisions.tsx"
import { DRAWING, ProcessPicture } from "./process-picture.tsx"
import { caseWords } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

interface CourseProps {
  readonly frame: Tongue
  readonly service: Pick<CaseFile["service"], "process" | "words">
  readonly course: CaseCourse
  /** An official reads: the applicant is somebody else, and what each step has taken is told beside its norm. */
  readonly atDesk?: boolean
}

/** Who does each step by position, its norm, and why it stands where it does. */
export function Steps(props: CourseProps) {
  const { frame, course } = props
  const { ended } = course
  const end: TimelineEntry[] = ended
    ? [
        {
          key: "end",
          state: "done",
          title: caseWords(frame)(`ended.${ended.as}`),
          when: <Moment frame={frame} value={ended.at} />,
        },
      ]
    : []
  return <Timeline entries={[...course.steps.map((shown) => entryOf(props, shown)), ...end]} />
}

/** The drawing of the whole process with its legend, and the same in words. */
export function ProcessDrawing(props: CourseProps) {
  const { frame, service, course } = props
  const t = caseWords(frame)
  return (
    <>
      <p class="small subtle">
        {t("diagramLegend")}{" "}
        {course.at.length > 0 && (
          <a class="ds-link" href={`#${DRAWING}-at-0`}>
            {t("diagramGo")}
          </a>
        )}
      </p>
      <ProcessPicture {...{ frame, service, at: course.at, passed: course.passed }} description={descriptionOf(props)} />
    </>
  )
}

function entryOf(props: CourseProps, shown: StepShown): TimelineEntry {
  const { frame, course } = props
  const { state, doneAt, step } = shown
  const t = caseWords(frame)
  return {
    key: step.id,
    state,
    title: stepName(frame, step),
    ...(state === "done" && doneAt && { when: <Moment frame={frame} value={doneAt} /> }),
    ...(state === "next" && { when: <span class="unseen">{t("stepNext")}</span> }),
    who: whoOf(props, shown),
    body: (
      <>
        {step.hours !== undefined && <span class="who num">{hoursOf(props, shown, step.hours)}</span>}
        {state === "now" && course.wait && <Why {...props} wait={course.wait} />}
      </>
    ),
  }
}

function whoOf({ frame, atDesk }: CourseProps, { step, positions }: StepShown): string {
  const t = caseWords(frame)
  if (step.role === "system") return t("system")
  if (step.role === "applicant") return t(atDesk ? "applicant" : "you")
  return positions.map((name) => textOf(frame, name)).join(", ")
}

function hoursOf({ frame, atDesk }: CourseProps, { minutesTaken }: StepShown, norm: number): string {
  const t = caseWords(frame)
  if (!atDesk || minutesTaken === undefined) return t("stepHours", { count: norm })
  return t("stepHoursTaken", { hours: norm, taken: Math.round(minutesTaken / 6) / 10 })
}

function Why({ frame, atDesk, wait }: CourseProps & { readonly wait: Wait }) {
  const t = caseWords(frame)
  const { waitsFor, since, until } = wait
  const { dateTime } = formats(frame)
  const isApplicants = waitsFor === "supplement" || waitsFor === "payment" || waitsFor === "answer"
  const told = t(isApplicants && !atDesk ? `waitYou.${waitsFor}` : `wait.${waitsFor}`, { since: dateTime(since) })
  const due = until && (isApplicants || atDesk) && t(isApplicants ? "waitUntil" : "stepDue", { until: dateTime(until) })
  return (
    <p class="strong">
      {told} {due}
    </p>
  )
}

/** The drawing's description, for those who don't see it. */
function descriptionOf({ frame, course }: CourseProps): string {
  const t = caseWords(frame)
  const names = (state: StepShown["state"]) =>
    course.steps.flatMap((shown) => (shown.state === state ? [stepName(frame, shown.step)] : [])).join(", ") || t("diagramNone")
  const now = course.ended ? t(`ended.${course.ended.as}`) : names("now")
  return t("diagramText", { done: names("done"), now, next: names("next") })
}
