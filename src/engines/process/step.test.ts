// The moves of a case: Lan registers a birth, Hùng receives, Mai appraises, chairman Tuấn signs.
import assert from "node:assert/strict"
import { test } from "node:test"
import { births } from "./births-of-tests.ts"
import {
  compileProcess,
  EXPIRED,
  outcomesFor,
  type Process,
  type ProcessState,
  type Refused,
  type Stepped,
  start,
  step,
  stop,
  usualPath,
} from "./index.ts"

const hung = { by: "hung", roles: ["reception-officer"] }
const mai = { by: "mai", roles: ["appraiser"] }
const tuan = { by: "tuan", roles: ["leader"] }
const lan = { by: "lan", roles: ["applicant"] }
const system = { by: "system", roles: ["system"] }
type Move = [{ by: string; roles: string[] }, string, string]

const process = compileProcess(births())

const moved = (result: Stepped | Refused): Stepped => {
  if ("refused" in result) assert.fail(`refused: ${JSON.stringify(result.refused)}`)
  return result
}
const code = (result: Stepped | Refused) => ("refused" in result ? result.refused.code : "went through")
/** Plays moves from the start; the state goes through JSON at each, as it does through the database. */
function play(moves: Move[], of: Process = process): Stepped {
  let at = start(of)
  for (const [who, id, outcome] of moves) {
    const state = JSON.parse(JSON.stringify(at.state)) as ProcessState
    at = moved(step(of, state, { step: id, outcome, ...who }))
  }
  return at
}
const effects = (s: Stepped) =>
  s.effects.map((e) => ("step" in e ? `${e.effect} ${e.step}` : "as" in e ? `${e.effect} ${e.as}` : e.effect))

const toSigned: Move[] = [
  [hung, "receive", "accept"],
  [mai, "appraise", "ok"],
  [tuan, "sign", "signed"],
]

test("a case without incident goes from reception to the result, and says at each step what to do", () => {
  assert.deepEqual(start(process).effects, [
    { effect: "open-task", step: "receive", kind: "receive-or-refuse", role: "reception-officer", hours: 1 },
  ])
  assert.deepEqual(effects(play(toSigned.slice(0, 1))), ["produce-form receive", "open-task appraise"])
  assert.deepEqual(play(toSigned).effects, [{ effect: "system", step: "register", kind: "write-register" }])
  const end = play([...toSigned, [system, "register", "done"], [system, "return", "done"]])
  assert.deepEqual(end.effects, [{ effect: "end", as: "completed" }])
  assert.equal(end.state.ended, "completed")
  assert.equal(end.state.at, undefined)
})

test("a supplement stops the clock, returns to the step that asked, and is asked only once", () => {
  const asked = play([
    [hung, "receive", "accept"],
    [mai, "appraise", "supplement"],
  ])
  assert.deepEqual(effects(asked), ["open-task wait-citizen", "suspend-clock"])
  const closes = asked.effects[0]
  assert.deepEqual(closes?.effect === "open-task" && closes.closes, { after: { value: 30, unit: "day" }, as: "stopped" })
  const answered = moved(step(process, asked.state, { step: "wait-citizen", outcome: "answered", ...lan }))
  assert.deepEqual(effects(answered), ["resume-clock", "open-task appraise"])
  assert.equal(
    code(step(process, answered.state, { step: "appraise", outcome: "supplement", ...mai })),
    "supplement-already-asked",
  )
  assert.deepEqual(outcomesFor(process, answered.state, mai), ["ok", "refuse"])
  const early = play([
    [hung, "receive", "supplement"],
    [lan, "wait-citizen", "answered"],
  ])
  assert.equal(early.state.at, "receive")
})

test("a definition may allow a second supplement", () => {
  const twice = compileProcess({ ...births(), supplements: 2 })
  const moves: Move[] = [
    [hung, "receive", "supplement"],
    [lan, "wait-citizen", "answered"],
    [hung, "receive", "supplement"],
    [lan, "wait-citizen", "answered"],
  ]
  const { state } = play(moves, twice)
  assert.equal(code(step(twice, state, { step: "receive", outcome: "supplement", ...hung })), "supplement-already-asked")
})

test("a supplement that nobody answers is closed by the system alone", () => {
  const { state } = play([[hung, "receive", "supplement"]])
  assert.equal(code(step(process, state, { step: "wait-citizen", outcome: EXPIRED, ...lan })), "role-missing")
  const closed = moved(step(process, state, { step: "wait-citizen", outcome: EXPIRED, ...system }))
  assert.deepEqual(effects(closed), ["resume-clock", "end stopped"])
  const received = start(process).state
  assert.equal(
    code(step(process, received, { step: "receive", outcome: EXPIRED, by: "x", roles: ["reception-officer"] })),
    "outcome-unknown",
  )
})

test("who appraised can't sign, not even with the chairman's position delegated to them", () => {
  const { state } = play(toSigned.slice(0, 2))
  const delegate = { by: "mai", roles: ["appraiser", "leader"] }
  assert.equal(code(step(process, state, { step: "sign", outcome: "signed", ...delegate })), "four-eyes")
  assert.deepEqual(outcomesFor(process, state, delegate), [])
  assert.equal(code(step(process, state, { step: "sign", outcome: "signed", ...tuan })), "went through")
})

test("who appraised in the first round can't sign after somebody else appraised in the second", () => {
  const { state } = play([
    ...toSigned.slice(0, 2),
    [tuan, "sign", "back"],
    [{ by: "binh", roles: ["appraiser"] }, "appraise", "ok"],
  ])
  assert.equal(code(step(process, state, { step: "sign", outcome: "signed", by: "mai", roles: ["leader"] })), "four-eyes")
  assert.equal(code(step(process, state, { step: "sign", outcome: "signed", by: "binh", roles: ["leader"] })), "four-eyes")
})

test("wrong step, wrong role, unknown outcome and an ended case are refused, and the state stays as it was", () => {
  const { state } = start(process)
  const before = JSON.stringify(state)
  assert.equal(code(step(process, state, { step: "sign", outcome: "signed", ...tuan })), "step-not-open")
  assert.equal(code(step(process, state, { step: "receive", outcome: "accept", ...mai })), "role-missing")
  assert.equal(code(step(process, state, { step: "receive", outcome: "approve", ...hung })), "outcome-unknown")
  assert.equal(code(step(process, state, { step: "receive", outcome: "constructor", ...hung })), "outcome-unknown")
  assert.equal(JSON.stringify(state), before)
  const ended = play([[hung, "receive", "refuse"]]).state
  assert.equal(code(step(process, ended, { step: "receive", outcome: "accept", ...hung })), "process-ended")
  assert.equal(code(stop(process, ended, "withdrawn")), "process-ended")
  assert.throws(() => outcomesFor(process, { at: "elsewhere", moves: 0, asked: 0 }, hung), /does not have/)
})

test("Lan may withdraw until the decision is signed, and a signature sent back leaves her the right", () => {
  const { state } = play(toSigned.slice(0, 2))
  assert.deepEqual(effects(moved(stop(process, state, "withdrawn"))), ["end withdrawn"])
  assert.equal(code(stop(process, play(toSigned).state, "withdrawn")), "decision-issued")
  const sentBack = play([...toSigned.slice(0, 2), [tuan, "sign", "back"]]).state
  assert.equal(code(stop(process, sentBack, "withdrawn")), "went through")
  const waiting = play([[hung, "receive", "supplement"]]).state
  assert.deepEqual(effects(moved(stop(process, waiting, "stopped"))), ["resume-clock", "end stopped"])
})

test("two officials who send a case back and forth for ever are stopped", () => {
  let { state } = play(toSigned.slice(0, 2))
  const ping = (s: ProcessState) =>
    step(process, s, s.at === "sign" ? { step: "sign", outcome: "back", ...tuan } : { step: "appraise", outcome: "ok", ...mai })
  let result = ping(state)
  while (!("refused" in result) && state.moves < 10_000) {
    state = result.state
    result = ping(state)
  }
  assert.equal(code(result), "too-many-moves")
  assert.equal(code(stop(process, state, "stopped")), "went through")
})

test("the usual path is what a citizen is told", () => {
  assert.deepEqual(
    usualPath(process).map((s) => s.id),
    ["receive", "appraise", "sign", "register", "return"],
  )
})

test("the state of a case in full course stays within a few hundred bytes", () => {
  const id = (n: number) => `0197a1b2-0000-7000-8000-00000000000${n}`
  const moves = toSigned.map(([who, at, outcome], i): Move => [{ ...who, by: id(i) }, at, outcome])
  assert.ok(JSON.stringify(play(moves).state).length < 300)
})
