// Answers to choose from: buttons for a few, a list for many, boxes to tick for several; yes or no; a statement to tick.
import { type Field, textOf } from "#engines/form"
import { Labelled, Legended, MistakeText } from "./around-field.tsx"
import { describedBy, formWords, textIn, textsIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

const RADIOS_MAX = 7

interface Answer {
  readonly value: string
  readonly name: string
}

export function Choices(props: FieldProps) {
  const { lang } = props.drawing.frame
  const answers = (props.field.options ?? []).map((option) => ({ value: option.value, name: textOf(option.name, lang) }))
  return props.field.many || answers.length <= RADIOS_MAX ? (
    <Buttons {...props} answers={answers} />
  ) : (
    <List {...props} answers={answers} />
  )
}

export function YesNo(props: FieldProps) {
  const t = formWords(props.drawing.frame)
  const answers = (["yes", "no"] as const).map((value) => ({ value, name: t(value) }))
  return <Buttons {...props} answers={answers} />
}

const hintOf = (field: Field, lang: string) => field.hint && textOf(field.hint, lang)

function Buttons({ drawing, field, id, mistake, answers }: FieldProps & { answers: readonly Answer[] }) {
  const chosen = new Set(textsIn(drawing.raw, id))
  return (
    <Legended frame={drawing.frame} field={field} id={id} hint={hintOf(field, drawing.frame.lang)} mistake={mistake}>
      {answers.map((answer, index) => (
        <div class="ds-field" key={answer.value}>
          <input
            class="ds-input"
            type={field.many ? "checkbox" : "radio"}
            id={index === 0 ? id : `${id}-${index}`}
            name={id}
            value={answer.value}
            checked={chosen.has(answer.value)}
            aria-describedby={describedBy(id, false, mistake)}
            aria-invalid={mistake ? "true" : undefined}
          />
          <label class="ds-label" for={index === 0 ? id : `${id}-${index}`}>
            {answer.name}
          </label>
        </div>
      ))}
    </Legended>
  )
}

function List({ drawing, field, id, mistake, answers }: FieldProps & { answers: readonly Answer[] }) {
  const chosen = textIn(drawing.raw, id)
  const hint = hintOf(field, drawing.frame.lang)
  return (
    <Labelled frame={drawing.frame} field={field} id={id} hint={hint} mistake={mistake}>
      <select
        class="ds-input"
        id={id}
        name={id}
        autocomplete={field.autocomplete}
        aria-describedby={describedBy(id, hint !== undefined, mistake)}
        aria-invalid={mistake ? "true" : undefined}
      >
        <option value="">{formWords(drawing.frame)("choose")}</option>
        {answers.map((answer) => (
          <option key={answer.value} value={answer.value} selected={answer.value === chosen}>
            {answer.name}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export function Declaration({ drawing, field, id, mistake }: FieldProps) {
  return (
    <div class="ds-field">
      <input
        class="ds-input"
        type="checkbox"
        id={id}
        name={id}
        value="yes"
        checked={textIn(drawing.raw, id) === "yes"}
        aria-describedby={describedBy(id, false, mistake)}
        aria-invalid={mistake ? "true" : undefined}
      />
      <label class="ds-label" for={id}>
        {textOf(field.name, drawing.frame.lang)}
      </label>
      <MistakeText id={id} mistake={mistake} />
    </div>
  )
}
