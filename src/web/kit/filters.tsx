// Filters of a list: a GET form, so that the address tells what is shown; and the big search box.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { Button } from "./button.tsx"
import { boxOf, DayBoxes } from "./form/day-boxes.tsx"
import { kitWords } from "./words.ts"

export interface Filter {
  readonly name: string
  readonly label: string
  /** With options it is a choice, without a text. The first option is "all", with an empty value. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  /** A day in three boxes, `name.day` and on; `value` as `dayIn` gives it. */
  readonly type?: "date"
  /** What is wrong with it. */
  readonly mistake?: string | undefined
}

export function Filters({
  frame,
  action,
  filters,
  clearHref,
}: {
  frame: Pick<Frame, "lang" | "place">
  action: string
  filters: readonly Filter[]
  clearHref?: string
}) {
  const t = kitWords(frame)
  return (
    <form class="filters" action={action} method="get">
      {filters.map((filter) =>
        filter.type === "date" ? (
          <DayFilter key={filter.name} frame={frame} filter={filter} />
        ) : (
          <div class="f" key={filter.name}>
            <label for={`f-${filter.name}`}>{filter.label}</label>
            {filter.options ? (
              <select class="ds-input" id={`f-${filter.name}`} name={filter.name}>
                {filter.options.map((o) => (
                  <option key={o.value} value={o.value} selected={o.value === filter.value}>
                    {o.label}
                  </option>
                ))}
              </select>
            ) : (
              <input class="ds-input" id={`f-${filter.name}`} name={filter.name} value={filter.value} />
            )}
          </div>
        ),
      )}
      <Button kind="secondary" icon="filter">
        {t("filter")}
      </Button>
      {clearHref && (
        <a class="ds-link" href={clearHref}>
          {t("clear")}
        </a>
      )}
    </form>
  )
}

/** A day in three boxes among the filters of a list. */
export function DayFilter({
  frame,
  filter: { name, label, value, mistake },
}: {
  frame: Pick<Frame, "lang" | "place">
  filter: Filter
}) {
  const error = mistake && `${name}-error`
  return (
    <fieldset class="ds-fieldset f">
      <legend>{label}</legend>
      <DayBoxes
        frame={frame}
        id={name}
        typed={(part) => boxOf(value, part)}
        isWrong={() => mistake !== undefined}
        describedBy={error}
      />
      {mistake && (
        <p class="ds-validation-message" data-field="validation" data-color="danger" id={error}>
          {mistake}
        </p>
      )}
    </fieldset>
  )
}

/** One line to type in, one button. */
export function SearchBox({
  action,
  label,
  value,
  button,
  hint,
}: {
  action: string
  label: string
  value?: string
  button: string
  hint?: ComponentChildren
}) {
  return (
    <search>
      <form class="stack tight" action={action} method="get">
        <label class="strong" for="q">
          {label}
        </label>
        <div class="find">
          <input
            class="ds-input"
            id="q"
            name="q"
            type="search"
            value={value}
            autocomplete="off"
            maxLength={200}
            aria-describedby={hint ? "q-hint" : undefined}
          />
          <Button icon="search">{button}</Button>
        </div>
        {hint && (
          <p class="subtle small" id="q-hint">
            {hint}
          </p>
        )}
      </form>
    </search>
  )
}
