// The inputs of the desk's own forms: a choice, a day, a line of text, each with its label and its mistake.
import type { ComponentChildren } from "preact"
import { boxOf, DayBoxes, dayIn } from "#kit/form/day-boxes.tsx"
import type { Fields, Frame } from "#platform/http"

export interface Mistake {
  /** Id of the input; of a day, of its first box: `from.day`. */
  readonly field: string
  readonly text: string
}

interface InputProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** What was typed before, so that nothing is lost. */
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

export function Choice({
  options,
  choose,
  ...of
}: InputProps & { choose: string; options: readonly { value: string; name: string }[] }) {
  const chosen = of.typed.get(of.name)
  return (
    <Labelled {...of}>
      <select class="ds-input" {...attributesOf(of)}>
        <option value="">{choose}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export function TextInput(of: InputProps) {
  return (
    <Labelled {...of}>
      <input class="ds-input" type="text" value={of.typed.get(of.name)} {...attributesOf(of)} />
    </Labelled>
  )
}

/** A day in three boxes; `dayIn` reads it. */
export function DayInput({ frame, ...of }: InputProps & { frame: Pick<Frame, "lang" | "place"> }) {
  const day = dayIn(of.typed, of.name)
  const described = describedBy(of)
  return (
    <fieldset class="ds-fieldset" aria-describedby={described}>
      <legend class="ds-label" data-weight="medium">
        {of.label}
      </legend>
      <Around {...of}>
        <DayBoxes
          frame={frame}
          id={of.name}
          typed={(part) => boxOf(day, part)}
          isWrong={() => isWrong(of)}
          describedBy={isWrong(of) ? `${of.name}-error` : undefined}
        />
      </Around>
    </fieldset>
  )
}

const isWrong = ({ name, mistake }: InputProps) => mistake?.field === name || mistake?.field === `${name}.day`

const describedBy = (of: InputProps): string | undefined =>
  [of.hint && `${of.name}-hint`, isWrong(of) && `${of.name}-error`].filter(Boolean).join(" ") || undefined

const attributesOf = (of: InputProps) => ({
  id: of.name,
  name: of.name,
  "aria-describedby": describedBy(of),
  "aria-invalid": isWrong(of) ? ("true" as const) : undefined,
})

function Labelled({ children, ...of }: InputProps & { children: ComponentChildren }) {
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={of.name}>
        {of.label}
      </label>
      <Around {...of}>{children}</Around>
    </div>
  )
}

/** The hint above the input, the mistake beneath. */
function Around({ children, ...of }: InputProps & { children: ComponentChildren }) {
  return (
    <>
      {of.hint && (
        <div data-field="description" id={`${of.name}-hint`}>
          {of.hint}
        </div>
      )}
      {children}
      {isWrong(of) && (
        <p class="ds-validation-message" data-field="validation" data-color="danger" id={`${of.name}-error`}>
          {of.mistake?.text}
        </p>
      )}
    </>
  )
}
