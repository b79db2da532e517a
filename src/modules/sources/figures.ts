// What a source has been asked and how it answered, counted for /metrics. Counts and codes; nobody's data.
import type { BreakerState } from "./guard.ts"

export type Outcome = "answered" | "empty" | "kept" | "failed" | "turned-away"

export interface Figures {
  readonly counts: Record<Outcome, number>
  /** Of questions that were really asked: how many, and their time together. */
  asked: number
  seconds: number
}

export const newFigures = (): Figures => ({
  counts: { answered: 0, empty: 0, kept: 0, failed: 0, "turned-away": 0 },
  asked: 0,
  seconds: 0,
})

interface Counted {
  readonly id: string
  readonly figures: Figures
  readonly state: BreakerState
}

const STATES: readonly BreakerState[] = ["closed", "half-open", "open"]

/** The measures of all sources, for the page of measures. */
export function measuresOf(sources: () => readonly Counted[]) {
  return [
    {
      name: "motlan_source_requests_total",
      help: "Questions to systems that answer for registers, by what came of them.",
      type: "counter" as const,
      read: () =>
        sources().flatMap(({ id, figures }) =>
          Object.entries(figures.counts).map(([outcome, value]) => ({ labels: { source: id, outcome }, value })),
        ),
    },
    {
      name: "motlan_source_seconds_total",
      help: "Time of the questions that were really asked, tries and waiting included.",
      type: "counter" as const,
      read: () => sources().map(({ id, figures }) => ({ labels: { source: id }, value: figures.seconds })),
    },
    {
      name: "motlan_source_asked_total",
      help: "Questions that were really asked.",
      type: "counter" as const,
      read: () => sources().map(({ id, figures }) => ({ labels: { source: id }, value: figures.asked })),
    },
    {
      name: "motlan_source_breaker",
      help: "0 closed, 1 half-open, 2 open: the source is left alone.",
      label: "source",
      read: () => Object.fromEntries(sources().map(({ id, state }) => [id, STATES.indexOf(state)])),
    },
  ]
}
