// A whole process: its drawing from top to bottom, and the same told in words, step by step with where each outcome leads.
import { drawGraph, type Process, type Step, type Target } from "#engines/process"
import type { Frame } from "#platform/http"
import { textOf } from "../words.ts"
import { caseWords, findCaseWord } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

interface PictureProps {
  readonly frame: Tongue
  readonly process: Process
  /** Where a case stands and what is done, in words; of a process alone, what it is a drawing of. */
  readonly description: string
  readonly at?: readonly string[]
  readonly passed?: readonly string[]
}

/** Begins the ids within the drawing. */
export const DRAWING = "process"

export function ProcessPicture({ frame, process, description, at = [], passed = [] }: PictureProps) {
  const t = caseWords(frame)
  const { steps, ends, graph } = process
  const svg = drawGraph(graph, {
    title: t("diagram"),
    description,
    ...{ at, passed },
    nameOf: ({ id, kind }) => {
      const step = steps.get(id)
      const end = ends.get(id)
      if (step) return stepName(frame, step)
      if (end) return t(`end.${end}`)
      return kind.type === "start" ? t("begin") : ""
    },
    flowNameOf: ({ outcome = "" }) => outcomeName(frame, outcome),
    prefix: DRAWING,
    direction: "down",
    leavesIdleGates: true,
    isUnstyled: true,
  })
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section class="wide" aria-label={t("diagram")} tabIndex={0} dangerouslySetInnerHTML={{ __html: svg }} />
      <details class="more">
        <summary>{t("diagramWords")}</summary>
        <ol class="list">
          {[...steps.values()].map((step) => (
            <li key={step.id}>
              <strong>{stepName(frame, step)}</strong>
              {at.includes(step.id) && ` (${t("diagramHere")})`}
              {passed.includes(step.id) && ` (${t("diagramPassed")})`}
              <ul class="list">
                {[...step.next].map(([outcome, target]) => (
                  <li key={outcome}>
                    {t("diagramLeads", { outcome: outcomeName(frame, outcome), target: targetName(frame, process, target) })}
                  </li>
                ))}
                {step.closes && (
                  <li>{t("diagramLeads", { outcome: outcomeName(frame, "expired"), target: t(`end.${step.closes.as}`) })}</li>
                )}
              </ul>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

export const stepName = (frame: Tongue, step: Pick<Step, "id" | "name">): string =>
  step.name ? textOf(frame, step.name) : step.id

const outcomeName = (frame: Tongue, outcome: string): string => findCaseWord(frame, `flow.${outcome}`) ?? outcome

function targetName(frame: Tongue, { steps }: Process, target: Target): string {
  const t = caseWords(frame)
  if (target.to === "end") return t(`end.${target.as}`)
  return target.to === "asker" ? t("diagramAsker") : stepName(frame, steps.get(target.step)!)
}
