// Filters of a list: a GET form, so that the address tells what is shown; and the big search box.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { Button } from "./button.tsx"
import { kitWords } from "./words.ts"

export interface Filter {
  readonly name: string
  readonly label: string
  /** With options it is a choice, without a text. The first option is "all", with an empty value. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  /** A day is chosen in the browser's calendar. */
  readonly type?: "date"
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
      {filters.map((filter) => (
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
          ) : filter.type === "date" ? (
            <input class="ds-input" id={`f-${filter.name}`} name={filter.name} type="date" value={filter.value} />
          ) : (
            <input class="ds-input" id={`f-${filter.name}`} name={filter.name} value={filter.value} />
          )}
        </div>
      ))}
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
