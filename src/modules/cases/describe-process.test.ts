// Where a case stands in its process: what is done, why it waits and since when, what comes; told by position.
import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import type { Actor } from "#platform/db"
import { type Acts, acts, BIRTH_CHECKS, code, type Person, son } from "../../../test/acts.ts"
import { type Cast, openCast } from "../../../test/cast.ts"
import { answerSupplement, type CaseCourse, claimTask, describeProcess, getDeskCase, getMyCase, withdrawCase } from "./index.ts"

const HOUR_MS = 3_600_000

let cast: Cast
let act: Acts
let lan: Person
let binh: Actor
let cuong: Actor
let chair: Actor
let moved = 0
before(async () => {
  cast = await openCast()
  act = acts(cast)
  lan = await cast.person("lan")
  ;[binh, cuong, chair] = (await Promise.all(["binh", "cuong", "son"].map(cast.official))) as [Actor, Actor, Actor]
})
/** Every story begins on Monday at ten. */
beforeEach(() => {
  cast.clock.move(-moved)
  moved = 0
})
after(() => cast?.close())

const wait = (ms: number) => {
  moved += ms
  cast.clock.move(ms)
}
let children = 0
const filed = async () => (await act.file(lan, { ...son, "child.givenName": `Bước${"abcdefgh"[children++]}` })).id
const courseOf = (id: string) => cast.tx(lan, async (tx) => describeProcess(tx, await getMyCase(tx, id)))
const told = ({ steps }: CaseCourse) => steps.map(({ step, state }) => `${step.id} ${state}`)
const supplement = { items: [{ field: "child.homeTown", reason: "Đề nghị bổ sung" }] }

test("a case just submitted waits to be taken up at reception; what usually follows is to come, refusal and supplement are not", async () => {
  const id = await filed()
  const course = await courseOf(id)
  assert.deepEqual(told(course), ["receive now", "appraise next", "sign next", "register next", "return next"])
  assert.equal(course.wait?.waitsFor, "claim")
  assert.deepEqual(course.wait?.since, cast.site.clock())
  await cast.tx(binh, (tx) => claimTask(tx, id))
  assert.equal((await courseOf(id)).wait?.waitsFor, "official")
})

test("asked for a supplement, a case waits for its applicant since then; the step that asked comes again", async () => {
  const id = await filed()
  await act.complete(binh, id, "accept")
  wait(HOUR_MS)
  await act.complete(cuong, id, "supplement", supplement)
  const asked = cast.site.clock()
  wait(24 * HOUR_MS)
  const course = await courseOf(id)
  assert.deepEqual(told(course), [
    "receive done",
    "wait-citizen now",
    "appraise next",
    "sign next",
    "register next",
    "return next",
  ])
  assert.equal(course.wait?.waitsFor, "supplement")
  assert.deepEqual(course.wait?.since, asked)
  assert.ok(course.wait!.until! > asked)
  assert.deepEqual([course.passed, course.at], [["receive"], ["wait-citizen"]])
  await cast.tx(lan, (tx) => answerSupplement(tx, id, { "child.homeTown": "Ninh Bình" }, "vi"))
  assert.deepEqual(told(await courseOf(id)).slice(0, 3), ["receive done", "wait-citizen done", "appraise now"])
})

test("what a step has taken is counted in working time over all its times, and nights and lunch are not", async () => {
  const id = await filed()
  wait(HOUR_MS / 2)
  await act.complete(binh, id, "accept")
  wait(HOUR_MS)
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  await act.complete(chair, id, "back", { reason: "Xem lại tên" })
  wait(20 * HOUR_MS)
  const { steps } = await courseOf(id)
  const minutes = Object.fromEntries(steps.map(({ step, minutesTaken }) => [step.id, minutesTaken]))
  assert.equal(minutes.receive, 30)
  assert.ok(minutes.appraise! > 60 && minutes.appraise! < 60 + 8 * 60, String(minutes.appraise))
  assert.equal(minutes.register, undefined)
})

test("steps are told by the names of positions of the case's agency and unit", async () => {
  const { steps } = await courseOf(await filed())
  const of = (id: string) => steps.find(({ step }) => step.id === id)!.positions.map((name) => name.en)
  const agency = (await act.mine(lan, await filed())).agency
  const named = (role: string, unit: string) => [
    ...new Set(
      agency.positions.filter((p) => p.unit === unit && (p.roles as readonly string[]).includes(role)).map((p) => p.name.en),
    ),
  ]
  assert.deepEqual(of("appraise"), named("appraiser", "office"))
  assert.notEqual(of("appraise").length, 0)
  assert.deepEqual(of("register"), [])
})

test("a case at its end has nothing to come, and says how and where it ended; one withdrawn ended nowhere in the process", async () => {
  const id = await filed()
  await act.complete(binh, id, "accept")
  await act.complete(cuong, id, "ok", { checks: BIRTH_CHECKS })
  await act.complete(chair, id, "signed")
  assert.equal((await courseOf(id)).wait?.waitsFor, "register")
  await cast.work()
  const course = await courseOf(id)
  assert.deepEqual(told(course), ["receive done", "appraise done", "sign done", "register done", "return done"])
  assert.equal(course.wait, undefined)
  assert.deepEqual([course.ended?.as, course.at], ["completed", ["end_event_"]])

  const other = await filed()
  await cast.tx(lan, (tx) => withdrawCase(tx, other))
  const withdrawn = await courseOf(other)
  assert.deepEqual([told(withdrawn), withdrawn.ended?.as, withdrawn.at], [[], "withdrawn", []])
})

test("a refusal that waits for its signature promises no result", async () => {
  const id = await filed()
  await act.complete(binh, id, "accept")
  await act.complete(cuong, id, "refuse", { reason: "Không đủ điều kiện" })
  assert.deepEqual(told(await courseOf(id)), ["receive done", "appraise done", "sign-refusal now"])
})

test("the process of Lan's case is for her and her commune: Hùng and an officer of another commune find no case", async () => {
  const id = await filed()
  const hung = await cast.person("hung")
  const my = await cast.official("my")
  await assert.rejects(
    cast.tx(hung, async (tx) => describeProcess(tx, await getMyCase(tx, id))),
    code("case-not-found"),
  )
  await assert.rejects(
    cast.tx(my, async (tx) => describeProcess(tx, await getDeskCase(tx, id))),
    code("case-not-found"),
  )
})
