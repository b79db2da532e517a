// A mistake in what was typed at the open step: where its mend begins, and the words beside that input.
import { asksSupplement, type CaseFile, supplementFields, type Task } from "#cases"
import type { FormContext } from "#engines/form"
import { problemWords } from "#kit/problem-words.ts"
import type { Fields } from "#platform/http"
import type { Problem } from "#platform/problem"
import { type Desk, deskWords } from "../desk.ts"

/** A sentence and the id of the input where the mend begins. */
export interface StepMistake {
  readonly field: string
  readonly text: string
}

interface Failed {
  readonly desk: Desk
  readonly file: CaseFile
  readonly task: Task | undefined
  readonly context: FormContext
  readonly typed: Fields
  readonly problem: Problem
}

/** The mistake behind a deed that failed; undefined for a problem that no input of the page can mend. */
export function mistakeOf({ desk: { frame }, file, task, context, typed, problem }: Failed): StepMistake | undefined {
  const { text } = problemWords(frame.lang, problem)
  if (problem.code === "reference-missing") return { field: "reference", text }
  const step = task && file.service.process.steps.get(task.step)
  if (!step) return undefined
  if (problem.code === "record-likely-duplicate") return { field: "duplicate-cleared", text }
  if (problem.code === "checks-missing") {
    const missing = step.checks.find((check) => !typed.all("check").includes(check))
    return missing === undefined ? undefined : { field: `check-${missing}`, text }
  }
  if (problem.code !== "reason-missing") return undefined
  if (!asksSupplement(file, step, typed.get("outcome"))) return { field: "reason", text }
  const bare = typed.all("item").find((item) => typed.get(`reason.${item}`).trim() === "")
  if (bare !== undefined) return { field: `why-${bare}`, text }
  const first = supplementFields(file, context)[0]
  return first && { field: `item-${first.id}`, text: deskWords(frame)("itemsMissing") }
}

/** What is said of an input, when the mistake is its own. */
export const textFor = (id: string, mistake: StepMistake | undefined): string | undefined =>
  mistake?.field === id ? mistake.text : undefined

/** The words beside an input, when the mistake is its own. */
export function Wrong({ id, mistake }: { id: string; mistake: StepMistake | undefined }) {
  if (mistake?.field !== id) return null
  return (
    <p class="ds-validation-message" data-field="validation" data-color="danger" id={`${id}-error`}>
      {mistake.text}
    </p>
  )
}

/** What an input says of a mistake of its own; `hint` is the id of what describes it anyway. */
export const marks = (id: string, mistake: StepMistake | undefined, hint?: string) => {
  const isWrong = mistake?.field === id
  const describedBy = [hint, isWrong && `${id}-error`].filter(Boolean).join(" ")
  return { "aria-invalid": isWrong ? ("true" as const) : undefined, "aria-describedby": describedBy || undefined }
}
