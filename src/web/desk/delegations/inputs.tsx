// The inputs of the form of delegations: a choice, a day, a line of text, each with its label and its mistake.
import type { ComponentChildren } from "preact"
import type { Fields } from "#platform/http"

export interface Mistake {
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

export function TextInput({ type, ...of }: InputProps & { type: "text" | "date" }) {
  return (
    <Labelled {...of}>
      {type === "date" ? (
        <input class="ds-input" type="date" value={of.typed.get(of.name)} {...attributesOf(of)} />
      ) : (
        <input class="ds-input" type="text" value={of.typed.get(of.name)} {...attributesOf(of)} />
      )}
    </Labelled>
  )
}

const isWrong = ({ name, mistake }: InputProps) => mistake?.field === name

function attributesOf(of: InputProps) {
  const described = [of.hint && `${of.name}-hint`, isWrong(of) && `${of.name}-error`].filter(Boolean).join(" ") || undefined
  return {
    id: of.name,
    name: of.name,
    "aria-describedby": described,
    "aria-invalid": isWrong(of) ? ("true" as const) : undefined,
  }
}

function Labelled({ children, ...of }: InputProps & { children: ComponentChildren }) {
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={of.name}>
        {of.label}
      </label>
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
    </div>
  )
}
