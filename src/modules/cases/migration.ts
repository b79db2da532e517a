// What a plan of migration does to one case: where its process goes on, or why the case stays on its version.
import type { CompiledService } from "#catalogue"
import type { ProcessState } from "#engines/process"

/** Step of the old version → step of the new one. */
export type StepMap = Readonly<Record<string, string>>

/** Why a case stays on its version. */
export type StayReason =
  | "step-not-mapped"
  /** Its decision is signed: what follows belongs to the version under which it was taken. */
  | "decision-signed"
  /** A job is doing the open step; it ends by itself. */
  | "system-at-work"
  /** The applicant is asked for what the new form doesn't have, or at a step of another name. */
  | "applicant-waits"
  /** The new version demands another person than one whom the old one didn't remember. */
  | "doer-unknown"
  /** The new version writes or prints an answer that the old form never asked for. */
  | "answer-missing"

/** Two versions and the map between their steps, made once for all cases of a plan. */
export interface Route {
  readonly from: CompiledService
  readonly to: CompiledService
  readonly steps: StepMap
  /** Answers that the new version needs and old cases can't have. */
  readonly missing: readonly string[]
  /** Steps whose doers the new version asks for and the old one did not keep. */
  readonly unwatched: readonly string[]
  /** Whether deadlines are computed anew: the limit has changed, or the plan says so. */
  readonly recomputes: boolean
}

/** Lays a route. Steps of the same id lead to each other unless the map says otherwise. */
export function routeOf(from: CompiledService, to: CompiledService, steps: StepMap, recompute: boolean): Route {
  const own = [...from.process.steps.keys()].flatMap((id) => {
    const target = steps[id] ?? id
    return to.process.steps.has(target) ? [[id, target] as const] : []
  })
  const map = Object.fromEntries(own)
  const watched = [...to.process.watched]
  const kept = new Set([...from.process.watched].map((id) => map[id] ?? ""))
  return {
    from,
    to,
    steps: map,
    missing: neededBy(to).filter((id) => !from.form.fields.has(id)),
    unwatched: watched.filter((id) => !kept.has(id) && Object.values(map).includes(id)),
    recomputes: recompute || JSON.stringify(from.definition.limit) !== JSON.stringify(to.definition.limit),
  }
}

/** Fields of the form that its result and its registers can't do without. */
function neededBy({ form, definition, result }: CompiledService): string[] {
  const written = (definition.writes ?? []).flatMap(({ record }) => Object.values(record))
  const printed = (result?.sections ?? []).flatMap(({ fields }) => fields.map(({ value }) => value))
  const needed = new Set([...written, ...printed])
  return [...needed].filter((id) => {
    const field = form.fields.get(id)
    return field !== undefined && !field.optional && field.when === undefined && field.value === undefined
  })
}

/** Is the map one that can be used: every pair leads to a step of the new version that the same kind of person does? */
export function isUsable({ from, to }: Pick<Route, "from" | "to">, steps: StepMap): boolean {
  return Object.entries(steps).every(([old, target]) => {
    const [left, right] = [from.process.steps.get(old), to.process.steps.get(target)]
    return left !== undefined && right !== undefined && doerOf(left.role) === doerOf(right.role)
  })
}

const doerOf = (role: string): string => (role === "system" || role === "applicant" ? role : "official")

/** Where a case stands, as far as a plan looks at it. */
export type Standing = Pick<ProcessState, "at" | "asker" | "signed">

/** Why a case that stands here stays; undefined when it can go. */
export function stays({ from, to, steps, missing, unwatched }: Route, { at, asker, signed }: Standing): StayReason | undefined {
  if (at === undefined || signed) return "decision-signed"
  const [old, target] = [from.process.steps.get(at), to.process.steps.get(steps[at] ?? "")]
  if (!target || !old || doerOf(old.role) !== doerOf(target.role)) return "step-not-mapped"
  if (old.role === "system") return "system-at-work"
  if (asker !== undefined && steps[asker] === undefined) return "step-not-mapped"
  if (old.kind === "supplement" && (target.id !== old.id || !keepsFields(from, to))) return "applicant-waits"
  if (unwatched.length > 0 && at !== from.process.first) return "doer-unknown"
  return missing.length > 0 ? "answer-missing" : undefined
}

const keepsFields = (from: CompiledService, to: CompiledService): boolean =>
  [...from.form.fields.keys()].every((id) => to.form.fields.has(id))

/** The state of a process as the new version continues it. */
export function carried({ steps, to }: Route, state: ProcessState): ProcessState {
  const { at, asker, who, ...rest } = state
  const kept: Record<string, readonly string[]> = {}
  for (const [step, people] of Object.entries(who ?? {})) {
    const target = steps[step]
    if (target !== undefined && to.process.watched.has(target)) kept[target] = [...new Set([...(kept[target] ?? []), ...people])]
  }
  return {
    ...rest,
    ...(at !== undefined && { at: steps[at]! }),
    ...(asker !== undefined && { asker: steps[asker]! }),
    ...(Object.keys(kept).length > 0 && { who: kept }),
  }
}
