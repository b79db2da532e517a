// A whole process: its drawing from top to bottom, and the same told in words, step by step with where each outcome leads.
import type { CaseFile } from "#cases"
import { drawGraph, type Process, type Target } from "#engines/process"
import type { Frame } from "#platform/http"
import { outcomeText, stepName } from "./decisions.tsx"
import { caseWords } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

interface PictureProps {
  readonly frame: Tongue
  /** Its words name the outcomes that are its own. */
  readonly service: Pick<CaseFile["service"], "process" | "words">
  /** Where a case stands and what is done, in words; of a process alone, what it is a drawing of. */
  readonly description: string
  readonly at?: readonly string[]
  readonly passed?: readonly string[]
}

/** Begins the ids within the drawing. */
export const DRAWING = "process"

export function ProcessPicture({ frame, service, description, at = [], passed = [] }: PictureProps) {
  const t = caseWords(frame)
  const { process } = service
  const { steps, ends, graph } = process
  const outcomeName = (outcome: string) => outcomeText(frame, { service }, outcome)
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
    flowNameOf: ({ outcome = "" }) => shortened(outcomeName(outcome)),
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
                    {t("diagramLeads", { outcome: outcomeName(outcome), target: targetName(frame, process, target) })}
                  </li>
                ))}
                {step.closes && (
                  <li>{t("diagramLeads", { outcome: outcomeName("expired"), target: t(`end.${step.closes.as}`) })}</li>
                )}
              </ul>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

/** Names of flows stand side by side in the drawing; the words beneath it tell them whole. */
const FLOW_CHARACTERS = 12
const shortened = (name: string): string =>
  name.length <= FLOW_CHARACTERS ? name : `${name.slice(0, FLOW_CHARACTERS).replace(/\s+\S*$/, "")}…`

function targetName(frame: Tongue, { steps }: Process, target: Target): string {
  const t = caseWords(frame)
  if (target.to === "end") return t(`end.${target.as}`)
  return target.to === "asker" ? t("diagramAsker") : stepName(frame, steps.get(target.step)!)
}
