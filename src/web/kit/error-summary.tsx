// What must be corrected, at the top of a page, each a link to its field in the same words.
import type { Frame } from "#platform/http"
import { kitWords } from "./words.ts"

export interface ErrorLine {
  /** Id of the field's first input. */
  readonly field: string
  readonly text: string
}

/** Takes the focus when the page opens. Nothing without errors. */
export function ErrorSummary({ frame, errors }: { frame: Pick<Frame, "lang" | "place">; errors: readonly ErrorLine[] }) {
  if (errors.length === 0) return null
  return (
    <div class="errors" role="alert" tabIndex={-1} aria-labelledby="errors-title" autofocus>
      <h2 id="errors-title">{kitWords(frame)("errorCount", { count: errors.length })}</h2>
      <ul class="list">
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#${error.field}`}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
