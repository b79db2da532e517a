// What has happened, what is now, and what comes next.
import type { ComponentChildren } from "preact"

export interface TimelineEntry {
  readonly key: string
  readonly state: "done" | "now" | "next"
  readonly title: ComponentChildren
  /** When, in words and `<time>`; who, in plain words. */
  readonly when?: ComponentChildren
  readonly who?: ComponentChildren
  readonly body?: ComponentChildren
}

/** In the order of time, oldest first. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol class="line">
      {entries.map((entry) => (
        <li key={entry.key} class={entry.state} aria-current={entry.state === "now" ? "step" : undefined}>
          <h3>{entry.title}</h3>
          {entry.when}
          {entry.who && <span class="who">{entry.who}</span>}
          {entry.body}
        </li>
      ))}
    </ol>
  )
}
