// Where a running graph stands, what can happen to it and what it asks of its caller: plain JSON, free of code.
import type { Data, TaskKind, Vars } from "./graph.ts"

/** Something alive: a scope, an open task, a wait, tokens at a join, or a run of compensation. Absent fields are empty. */
export interface Live {
  readonly id: number
  /** Id of its node; of the root, of the process. */
  readonly at: string
  /** The scope in which it lives; the root lives in -1. */
  readonly in: number
  /** Tokens at a join, by incoming flow. */
  got?: [flow: string, tokens: number][]
  /** Timers armed: event node, when (milliseconds of the epoch), how often after that (-1: for ever) and at what distance. */
  due?: [event: string, at: number, again?: number, every?: number][]
  /** Events of several that have come already. */
  hits?: [event: string, definition: number][]
  /** Conditions that hold, so that they fire only when they begin to. */
  held?: string[]
  /** Data of its own. */
  vars?: Record<string, Data>
  /** A loop or several instances: begun, done, of how many, and the items left. */
  many?: { begun: number; done: number; of: number; items?: readonly Data[] }
  /** Its number among several instances, from 1. */
  nth?: number
  /** What was done in this scope and can be undone, oldest first. */
  log?: Done[]
  /** What a run of compensation, or an ad hoc sub-process, has yet to begin. */
  todo?: Done[]
  /** What follows a run of compensation: the token goes on, ends, or the transaction is cancelled. */
  onward?: "leave" | "end" | "cancel"
  /** An event sub-process has stopped what ran here. */
  stopped?: true
  /** A complex gateway that has gone on and waits for the rest. */
  fired?: true
  /** Key of the message it waits for. */
  key?: Data
}

/** An activity that is done and may be undone. */
export interface Done {
  readonly node: string
  readonly log?: readonly Done[]
}

/** An instance of a process. */
export interface RunState {
  readonly process: string
  /** The next id. */
  readonly next: number
  readonly live: readonly Live[]
  readonly vars: Vars
  /** Absent while it runs; `at` is the end event that the last move reached, if any. */
  readonly ended?: { readonly how: "completed" | "terminated" | "error"; readonly code?: string; readonly at?: string }
}

/** Something that happens to an instance. */
export type RunEvent =
  | { readonly type: "complete"; readonly id: number; readonly vars?: Vars; readonly outcome?: string }
  /** A task went wrong: an error of BPMN, caught by boundary events and event sub-processes. */
  | { readonly type: "fail"; readonly id: number; readonly code: string }
  | { readonly type: "escalate"; readonly id: number; readonly code: string }
  | { readonly type: "message"; readonly name: string; readonly key?: Data; readonly vars?: Vars }
  | { readonly type: "signal"; readonly name: string; readonly vars?: Vars }
  /** What something alive waits for has come, by the word of the caller: a timer in working time, kept by its calendar. */
  | { readonly type: "due"; readonly id: number; readonly event: string }
  /** Time passed: all timers that are due fire. */
  | { readonly type: "time" }
  | { readonly type: "set"; readonly vars: Vars }

/** What the caller must do, in this order, in the same transaction. */
export type RunEffect =
  | { readonly effect: "open"; readonly id: number; readonly node: string; readonly task: TaskKind; readonly nth?: number }
  | { readonly effect: "close"; readonly id: number; readonly node: string }
  | { readonly effect: "send"; readonly node: string; readonly message: string; readonly key?: Data }
  | { readonly effect: "signal"; readonly node: string; readonly signal: string }
  /** An escalation that nobody in the process catches. */
  | { readonly effect: "escalated"; readonly node: string; readonly code: string }
  | { readonly effect: "end"; readonly how: "completed" | "terminated" | "error"; readonly code?: string; readonly at?: string }

export type RunFaultCode =
  | "instance-ended"
  | "task-not-open"
  | "nobody-waits"
  | "no-way-out"
  | "expression-failed"
  | "too-many-visits"
  | "too-many-tokens"
  | "too-many-instances"
  | "too-deep"
  | "loop-count-wrong"
  | "timer-wrong"
  | "node-unknown"

export interface Ran {
  readonly state: RunState
  readonly effects: readonly RunEffect[]
}

/** A move that can't be made; the state stays as it was. */
export interface RunFault {
  readonly fault: {
    readonly code: RunFaultCode
    readonly node: string
    readonly params: Readonly<Record<string, string | number>>
  }
}
