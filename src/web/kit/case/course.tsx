// How a case goes through its process: its steps in words, and beneath them the drawing of the whole process.
import type { CaseCourse, StepShown, Wait } from "#cases"
import { drawGraph, type Process } from "#engines/process"
import type { Frame } from "#platform/http"
import { Moment } from "../text.tsx"
import { Timeline, type TimelineEntry } from "../timeline.tsx"
import { formats, textOf } from "../words.ts"
import { caseWords, findCaseWord } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

interface CourseProps {
  readonly frame: Tongue
  readonly process: Process
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

/** The drawing of the whole process with its legend; scrolled within the page. */
export function ProcessDrawing(props: CourseProps) {
  const { frame } = props
  const t = caseWords(frame)
  return (
    <>
      <p class="small subtle">
        {t("diagramLegend")}{" "}
        {props.course.at.length > 0 && (
          <a class="ds-link" href={`#${DRAWING}-at-0`}>
            {t("diagramGo")}
          </a>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section class="wide" aria-label={t("diagram")} tabIndex={0} dangerouslySetInnerHTML={{ __html: drawingOf(props) }} />
    </>
  )
}

/** Begins the ids within the drawing. */
const DRAWING = "process"

const nameOf = (frame: Tongue, { step }: Pick<StepShown, "step">): string => (step.name ? textOf(frame, step.name) : step.id)

function entryOf(props: CourseProps, shown: StepShown): TimelineEntry {
  const { frame, course } = props
  const { state, doneAt, step } = shown
  const t = caseWords(frame)
  return {
    key: step.id,
    state,
    title: nameOf(frame, shown),
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

/** The drawing, told in words too for those who don't see it. */
function drawingOf({ frame, process, course }: CourseProps): string {
  const t = caseWords(frame)
  const ends = process.ends
  const names = (state: StepShown["state"]) =>
    course.steps.flatMap((shown) => (shown.state === state ? [nameOf(frame, shown)] : [])).join(", ") || t("diagramNone")
  const now = course.ended ? t(`ended.${course.ended.as}`) : names("now")
  return drawGraph(process.graph, {
    title: t("diagram"),
    description: t("diagramText", { done: names("done"), now, next: names("next") }),
    at: course.at,
    passed: course.passed,
    nameOf: ({ id, kind }) => {
      const step = process.steps.get(id)
      const end = ends.get(id)
      if (step) return nameOf(frame, { step })
      if (end) return t(`end.${end}`)
      return kind.type === "start" ? t("begin") : ""
    },
    flowNameOf: ({ outcome = "" }) => findCaseWord(frame, `flow.${outcome}`) ?? outcome,
    prefix: DRAWING,
    leavesIdleGates: true,
    isUnstyled: true,
  })
}
