// What a compiled process, its state, its events and its effects look like.
import type { Consult, EndAs, Query, StepKind } from "./definition.ts"
import type { Graph } from "./graph.ts"

/** A limit of time as the law writes it; twin of the calendar's. */
export interface Limit {
  readonly value: number
  readonly unit: "working-day" | "working-hour" | "hour" | "day" | "month"
}

export type Target =
  | { readonly to: "step"; readonly step: string }
  | { readonly to: "asker" }
  | { readonly to: "end"; readonly as: EndAs }

export interface Step {
  readonly id: string
  readonly name?: Readonly<Record<string, string>>
  readonly kind: StepKind
  /** Role that does it; `applicant` or `system` where no official does. */
  readonly role: string
  readonly unit?: string
  /** Norm in working hours; every step of an official has one. */
  readonly hours?: number
  readonly form?: string
  readonly forms: ReadonlyMap<string, string>
  readonly checks: readonly string[]
  /** Steps whose doers may not do this one. */
  readonly not: readonly string[]
  readonly suspended: boolean
  readonly closes?: { readonly after: Limit; readonly as: EndAs }
  readonly assigns?: string
  readonly channel?: string
  readonly notice?: string
  readonly table?: string
  readonly query?: Query
  readonly consult?: Consult
  readonly next: ReadonlyMap<string, Target>
}

/** A compiled process; share it between all cases of its version. */
export interface Process {
  /** The graph over which its token moves. */
  readonly graph: Graph
  /** End events of the graph and what they mean. */
  readonly ends: ReadonlyMap<string, EndAs>
  readonly first: string
  readonly steps: ReadonlyMap<string, Step>
  readonly supplementsMax: number
  /** Steps named in some `not`: the state remembers who did them. */
  readonly watched: ReadonlySet<string>
  /** Working hours of the officials' norms on the longest way through. */
  readonly normHours: number
}

/** Where a case stands: plain JSON of a few hundred bytes. One token, always. */
export interface ProcessState {
  /** The open step; absent once ended. */
  readonly at?: string
  readonly ended?: EndAs
  readonly moves: number
  /** Requests for a supplement so far. */
  readonly asked: number
  /** The step that asked last and waits for the answer. */
  readonly asker?: string
  /** A sign step was answered `signed`: the decision is issued, the case can't be withdrawn any more. */
  readonly signed?: true
  /** Who did the steps that four eyes watch over. */
  readonly who?: Readonly<Record<string, readonly string[]>>
}

/** Something that happened at the open step. */
export interface StepEvent {
  readonly step: string
  readonly outcome: string
  /** Identity of the person, never the login or the position: four eyes see through delegation. */
  readonly by: string
  readonly roles: readonly string[]
}

/** What the caller must now do, in this order, in the same transaction. */
export type Effect =
  | { readonly effect: "produce-form"; readonly step: string; readonly form: string }
  | { readonly effect: "resume-clock" }
  | {
      readonly effect: "open-task"
      readonly step: string
      readonly kind: StepKind
      readonly role: string
      readonly unit?: string
      readonly hours?: number
      readonly closes?: { readonly after: Limit; readonly as: EndAs }
    }
  | { readonly effect: "suspend-clock" }
  /** Do it, then step on with its outcome, `by: "system"` and `roles: ["system"]`. */
  | { readonly effect: "system"; readonly step: string; readonly kind: StepKind }
  | { readonly effect: "end"; readonly as: EndAs }

export interface Stepped {
  readonly state: ProcessState
  readonly effects: readonly Effect[]
}

export type RefusalCode =
  | "step-not-open"
  | "role-missing"
  | "outcome-unknown"
  | "four-eyes"
  | "supplement-already-asked"
  | "process-ended"
  | "decision-issued"
  | "too-many-moves"

/** A move that the process forbids. Codes are those of the list of problems. */
export interface Refused {
  readonly refused: { readonly code: RefusalCode; readonly params: Readonly<Record<string, string | number>> }
}
