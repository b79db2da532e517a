// Broken tables, each with the place and the code of its fault; and random sound ones, which always end.
// biome-ignore-all lint/suspicious/noThenProperty: the word of the grammar; no promise is near
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { births } from "./births-of-tests.ts"
import {
  checkProcess,
  compileProcess,
  limitHoursOf,
  outcomesFor,
  type Process,
  type ProcessDefinition,
  ProcessFaults,
  type ProcessState,
  type StepDefinition,
  start,
  step,
} from "./index.ts"

type Loose = Record<string, unknown> & { then: Record<string, string> }
/** The births table after a change to one of its steps. */
function changed(id: string, change: (row: Loose, all: Loose[]) => void): unknown {
  const definition = births() as unknown as { steps: Loose[] }
  change(definition.steps.find((row) => row.id === id)!, definition.steps)
  return definition
}

/** Nobody who appraises ever gets out: a signature leads back, and so does the result. */
const endless = () =>
  changed("return", (row, all) => {
    Object.assign(row.then, { done: "appraise" })
    Object.assign(all.find((r) => r.id === "sign-refusal")!.then, { signed: "appraise" })
  })

const broken: [string, unknown, string, string][] = [
  [
    "an unknown target",
    changed("sign", (row) => Object.assign(row.then, { signed: "nowhere" })),
    "steps.3.then.signed",
    "unknown-target",
  ],
  ["a dead step", changed("appraise", (row) => Object.assign(row.then, { refuse: "sign" })), "steps.4", "dead-step"],
  ["a way without an end", endless(), "steps.2", "never-ends"],
  ["a system circle", changed("return", (row) => Object.assign(row.then, { again: "register" })), "steps.5", "system-circle"],
  ["an official without a norm", changed("appraise", (row) => delete row.hours), "steps.2", "norm-missing"],
  ["a step without a role", changed("appraise", (row) => delete row.by), "steps.2.by", "grammar"],
  ["a key too many", changed("appraise", (row) => Object.assign(row, { script: "x" })), "steps.2.script", "grammar"],
  ["a wrong kind", changed("appraise", (row) => Object.assign(row, { kind: "guess" })), "steps.2.kind", "unknown-kind"],
  [
    "an outcome in capitals",
    changed("sign", (row) => Object.assign(row.then, { Signed: "end" })),
    "steps.3.then.Signed",
    "grammar",
  ],
  ["two steps of one name", changed("sign", (row) => Object.assign(row, { id: "appraise" })), "steps.3.id", "double-id"],
  ["a reserved name", changed("sign", (row) => Object.assign(row, { id: "end" })), "steps.3.id", "reserved-id"],
  ["four eyes on itself", changed("sign", (row) => Object.assign(row, { not: "sign" })), "steps.3.not", "four-eyes-on-itself"],
  ["four eyes on nobody", changed("sign", (row) => Object.assign(row, { not: "ghost" })), "steps.3.not", "unknown-step"],
  [
    "four eyes on a later step",
    changed("appraise", (row) => Object.assign(row, { not: "return" })),
    "steps.2.not",
    "four-eyes-never",
  ],
  [
    "signing without `signed`",
    changed("sign-refusal", (row) => (row.then = { done: "end-refused" })),
    "steps.4.then",
    "signed-missing",
  ],
  ["a system that signs", changed("sign", (row) => Object.assign(row, { by: "system" })), "steps.3.by", "kind-needs-a-person"],
  [
    "a table that refuses alone",
    changed("appraise", (row) =>
      Object.assign(row, { by: "system", kind: "decide", table: "fit", then: { ok: "sign", refuse: "end-refused" } }),
    ),
    "steps.2.then.refuse",
    "machine-refuses",
  ],
  [
    "a system that decides by nothing",
    changed("register", (row) => Object.assign(row, { kind: "decide" })),
    "steps.5",
    "step-lacks",
  ],
  ["a running clock", changed("wait-citizen", (row) => delete row.clock), "steps.1", "clock-runs"],
  ["an endless wait", changed("wait-citizen", (row) => delete row.closes), "steps.1", "never-closes"],
  [
    "officials who stop the clock",
    changed("sign", (row) => Object.assign(row, { clock: "suspended" })),
    "steps.3.clock",
    "clock-of-officials",
  ],
  [
    "an asker nobody is",
    changed("sign", (row) => Object.assign(row.then, { back: "asker" })),
    "steps.3.then.back",
    "nobody-asked",
  ],
  [
    "a wrong end of a wait",
    changed("wait-citizen", (row) => Object.assign(row, { closes: { after: "3 days", as: "sign" } })),
    "steps.1.closes.as",
    "unknown-end",
  ],
  [
    "a form of no outcome",
    changed("receive", (row) => Object.assign(row, { forms: { later: "09" } })),
    "steps.0.forms.later",
    "unknown-outcome",
  ],
  ["no steps", { steps: [] }, "steps", "grammar"],
  ["no table at all", null, "", "grammar"],
]

/** Told before publication; a table that has them can be run. */
const unsound: ReadonlySet<string> = new Set(["dead-step", "never-ends", "system-circle"])

for (const [name, definition, path, code] of broken) {
  test(`${name} is found at ${path || "the root"}`, () => {
    const faults = checkProcess(definition)
    assert.ok(
      faults.some((f) => f.path.join(".") === path && f.code === code),
      JSON.stringify(faults),
    )
    assert.ok(faults.every((f) => f.says && f.mend))
    if (!unsound.has(code)) assert.throws(() => compileProcess(definition), ProcessFaults)
  })
}

test("a step that can only ask again is found: requests run out", () => {
  const definition = changed("appraise", (row) => (row.then = { supplement: "wait-citizen" }))
  assert.ok(checkProcess(definition).some((f) => f.code === "never-ends" && f.path.join(".") === "steps.2"))
})

test("a step that only the answer of a supplement leads back to is dead, and one behind an answer must get out without asking again", () => {
  const dead = changed("sign", (_, all) => {
    all.push({ ...structuredClone(all[2]!), id: "ghost", then: { ok: "sign", supplement: "wait-citizen" } })
  })
  assert.deepEqual(
    checkProcess(dead).map((f) => [f.path.join("."), f.code]),
    [["steps.7", "dead-step"]],
  )
  const stuck = changed("wait-citizen", (row, all) => {
    Object.assign(row.then, { answered: "again" })
    all.push({ ...structuredClone(all[2]!), id: "again", then: { supplement: "wait-citizen" } })
  })
  assert.deepEqual(
    checkProcess(stuck).map((f) => [f.path.join("."), f.code]),
    [["steps.7", "never-ends"]],
  )
})

test("norms beyond the legal limit are found, norms within it are not", () => {
  assert.equal(compileProcess(births()).normHours, 7)
  assert.deepEqual(checkProcess(births(), { limitHours: limitHoursOf({ value: 1, unit: "working-day" }) }), [])
  assert.deepEqual(
    checkProcess(births(), { limitHours: 6 }).map((f) => [f.path.join("."), f.code]),
    [["steps", "norms-over-limit"]],
  )
})

test("limits of the law in working hours", () => {
  const hours = (value: number, unit: Parameters<typeof limitHoursOf>[0]["unit"]) => limitHoursOf({ value, unit })
  assert.deepEqual([hours(3, "working-day"), hours(8, "working-hour"), hours(15, "day"), hours(1, "month")], [24, 8, 80, 176])
})

const OUTCOMES = ["a", "b", "c"]
/** Tables of up to nine steps with random targets; most are unsound, and those are thrown away. */
const tables: fc.Arbitrary<ProcessDefinition> = fc.integer({ min: 1, max: 8 }).chain((size) => {
  const ids = [...Array(size).keys()].map((i) => `s${i}`)
  const target = fc.constantFrom(...ids, "end", "end-refused", "wait")
  const row = fc.record({
    system: fc.boolean(),
    targets: fc.array(target, { minLength: 1, maxLength: 3 }),
    not: fc.option(fc.constantFrom(...ids)),
  })
  return fc
    .tuple(fc.array(row, { minLength: size, maxLength: size }), fc.integer({ min: 0, max: 3 }))
    .map(([rows, supplements]) => {
      const steps = rows.map(({ system, targets, not }, i): StepDefinition => {
        const then = Object.fromEntries(targets.map((t, n) => [OUTCOMES[n]!, t]))
        const base = system ? { by: "system", kind: "notify" as const } : { by: "clerk", kind: "appraise" as const, hours: 1 }
        return { id: ids[i]!, ...base, ...(not !== null && !system && { not }), then }
      })
      const wait: StepDefinition = {
        id: "wait",
        by: "applicant",
        kind: "supplement",
        clock: "suspended",
        closes: { after: "30 days", as: "end-stopped" },
        then: { answered: "asker" },
      }
      const asks = steps.some((s) => Object.values(s.then).includes("wait"))
      return { supplements, steps: asks ? [...steps, wait] : steps }
    })
})

/** Can somebody still bring the case to an end? Breadth first; every step is done by a person who did none before. */
function wayOut(process: Process, from: ProcessState): boolean {
  const seen = new Set<string>()
  const waiting = [from]
  for (const state of waiting) {
    if (state.ended) return true
    const key = `${state.at} ${state.asked} ${state.asker}`
    if (seen.has(key)) continue
    seen.add(key)
    const who = { by: `stranger-${seen.size}`, roles: [process.steps.get(state.at!)!.role] }
    for (const outcome of outcomesFor(process, state, who)) {
      const result = step(process, state, { step: state.at!, outcome, ...who })
      if (!("refused" in result)) waiting.push(result.state)
    }
  }
  return false
}

test("a random sound table always ends: from wherever a random walk stands, an end can be reached, and one token is open", () => {
  let sound = 0
  const walks = fc.property(tables, fc.array(fc.nat(), { maxLength: 30 }), (definition, choices) => {
    if (checkProcess(definition).length > 0) return
    sound++
    const process = compileProcess(definition)
    let state = start(process).state
    for (const choice of choices) {
      if (state.ended) break
      const who = { by: `person-${state.moves}`, roles: [process.steps.get(state.at!)!.role] }
      const outcomes = outcomesFor(process, state, who)
      assert.ok(outcomes.length > 0, "nobody can move the case")
      const result = step(process, state, { step: state.at!, outcome: outcomes[choice % outcomes.length]!, ...who })
      assert.ok(!("refused" in result))
      const opened = result.effects.filter((e) => e.effect === "open-task" || e.effect === "system" || e.effect === "end")
      assert.equal(opened.length, 1)
      assert.equal(Number(result.state.at !== undefined) + Number(result.state.ended !== undefined), 1)
      state = result.state
    }
    assert.ok(wayOut(process, state), JSON.stringify(state))
  })
  fc.assert(walks, { numRuns: 3_000 })
  assert.ok(sound > 100, `only ${sound} tables were sound`)
})
