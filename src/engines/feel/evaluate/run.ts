// One evaluation's budget, clock and warnings.
import { FeelError } from "../feel-error.ts"
import { DEPTH_RUN_MAX, MILLISECONDS_MAX, ROOM_MAX, STEPS_MAX, WARNINGS_MAX } from "../limits.ts"
import type { FeelDateTime } from "../values/temporal.ts"

/** What one evaluation may spend: steps of loops and calls, list items and characters made, calls within calls, milliseconds of processor time. */
export interface Budget {
  readonly steps?: number
  readonly room?: number
  readonly depth?: number
  readonly milliseconds?: number
}

/** Something that made a null, with its place in the text. */
export interface Warning {
  readonly code: string
  readonly from: number
  readonly to: number
  readonly detail?: string
}

/** What a part of an expression gave. */
export interface Traced {
  readonly from: number
  readonly to: number
  readonly value: unknown
}

const LOOK_AT_CLOCK_EVERY = 2048

export class Run {
  steps: number
  room: number
  depth: number
  warnings: Warning[] = []
  trace: Traced[] | undefined = undefined
  /** What the surroundings keep of this run. */
  notes: unknown = undefined
  private nextLook: number
  private until = 0
  private readonly milliseconds: number

  constructor(
    readonly now: FeelDateTime | null = null,
    budget: Budget = {},
  ) {
    this.steps = budget.steps ?? STEPS_MAX
    this.room = budget.room ?? ROOM_MAX
    this.depth = budget.depth ?? DEPTH_RUN_MAX
    this.nextLook = this.steps - LOOK_AT_CLOCK_EVERY
    this.milliseconds = budget.milliseconds ?? MILLISECONDS_MAX
  }

  /** Takes steps off the budget; throws FeelError `too-many-steps` or `too-slow`. */
  tick(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) throw new FeelError("too-many-steps", 0, 0)
    if (this.steps < this.nextLook) this.look()
  }

  private look(): void {
    this.nextLook = this.steps - LOOK_AT_CLOCK_EVERY
    const { user, system } = process.cpuUsage()
    const spent = (user + system) / 1000
    // It counts from the first look on: short evaluations never ask. Processor time, so that a busy machine fails nobody.
    if (this.until === 0) this.until = spent + this.milliseconds
    else if (spent > this.until) throw new FeelError("too-slow", 0, 0)
  }

  /** Takes room for list items or characters; throws FeelError `too-much-memory`. */
  take(size: number): void {
    this.room -= size
    if (this.room < 0) throw new FeelError("too-much-memory", 0, 0)
  }

  /** A text or list that was made, its room taken. */
  hold<T extends { readonly length: number }>(made: T): T {
    this.take(made.length)
    return made
  }

  /** What `make` gives, room for it taken before. */
  roomFor<T>(size: number, make: () => T): T {
    this.take(size)
    return make()
  }

  enter(): void {
    this.tick(1)
    if (--this.depth < 0) throw new FeelError("too-deep", 0, 0)
  }

  leave(): void {
    this.depth++
  }

  /** Notes why something became null; null. */
  warn(code: string, from: number, to: number, detail?: string): null {
    if (this.warnings.length < WARNINGS_MAX) this.warnings.push({ code, from, to, ...(detail !== undefined && { detail }) })
    return null
  }
}
