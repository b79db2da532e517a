// The parts of a source that need no system behind them: queries, CSV, columns, the guard.
import assert from "node:assert/strict"
import { test } from "node:test"
import { feelDate } from "#engines/feel"
import { at, plainName, readColumn } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { openGuard } from "./guard.ts"
import { FAILURES_MAX, OPEN_MS } from "./limits.ts"
import { readQuery } from "./query.ts"
import { NotCsv, readCsv } from "./read-csv.ts"
import { tlsOf } from "./tls.ts"

test("a named parameter becomes the driver's, wherever the database would read one and nowhere else", () => {
  assert.deepEqual(
    readQuery(
      "select a::text, ':number' as b, $$ :number $$ from t -- :x\n where n = :number and d < :ngày or n = :number;",
      "postgresql",
    ),
    {
      text: "select a::text, ':number' as b, $$ :number $$ from t -- :x\n where n = $1 and d < $2 or n = $1",
      names: ["number", "ngày"],
    },
  )
  assert.deepEqual(
    readQuery('select `a:number`, \'it\\\'s :number\', "x""?" from t # :x ?\n where n = :number or m = :number', "mariadb"),
    {
      text: 'select `a:number`, \'it\\\'s :number\', "x""?" from t # :x ?\n where n = ? or m = ?',
      names: ["number", "number"],
    },
  )
})

const refusedQueries: readonly (readonly [string, "postgresql" | "mariadb", string])[] = [
  ["delete from t where n = :number", "postgresql", "not-one-query"],
  ["select 1; drop table t", "postgresql", "not-one-query"],
  ["select * into copy from t", "postgresql", "query-writes"],
  ["select $1", "postgresql", "placeholder"],
  ["select * from t into outfile '/x'", "mariadb", "query-writes"],
  ["select ?", "mariadb", "placeholder"],
  ["select 1 /*! into outfile 'x' */", "mariadb", "placeholder"],
  ["select 1 /*M! union select 2 */", "mariadb", "placeholder"],
  ["call change_everything()", "mariadb", "not-one-query"],
]
for (const [text, dialect, fault] of refusedQueries)
  test(`${dialect} is not asked “${text}”`, () => assert.equal(readQuery(text, dialect), fault))

const rows = (text: string, separator = ",") => [...readCsv(text, separator)].map(({ cells }) => cells)

test("CSV is read with quotes, line ends within them, semicolons and a byte order mark", () => {
  assert.deepEqual(rows('\ufeff"Họ, tên";b\r\n"Nguyễn ""Lan""\nMai";2\n\n;\n', ";"), [
    ["Họ, tên", "b"],
    ['Nguyễn "Lan"\nMai', "2"],
    ["", ""],
  ])
  assert.deepEqual(rows("a,b\n1,"), [
    ["a", "b"],
    ["1", ""],
  ])
  assert.deepEqual(rows("a\r1"), [["a"], ["1"]])
})

test("CSV with an open quote, or with text after one, is refused with its line", () => {
  for (const [text, line] of [
    ['a,b\n1,"x', 2],
    ['a\n"x"y', 2],
    [`a\n"${"x".repeat(10_001)}"`, 2],
  ] as const)
    assert.throws(
      () => rows(text),
      (error) => error instanceof NotCsv && error.line === line,
    )
})

test("a column is read as what was declared, or not at all", () => {
  assert.equal(readColumn("a", "text", " Trần Thị Lan ".normalize("NFD")), "Trần Thị Lan".normalize("NFC"))
  assert.equal(readColumn("a", "text", ""), null)
  assert.equal(readColumn("a", "number", "3200.50"), 3200.5)
  assert.deepEqual(readColumn("a", "date", "2026-03-05 00:00:00"), feelDate("2026-03-05"))
  assert.deepEqual(readColumn("a", "date dd/mm/yyyy", "5/3/2026"), feelDate("2026-03-05"))
  assert.equal(readColumn("a", "date", "0000-00-00"), null)
  assert.equal(readColumn("a", "time", "8:15:00"), "08:15")
  assert.equal(readColumn("a", "yes-no", "Không"), false)
  for (const [type, value] of [
    ["number", "12a"],
    ["date", "05/03/2026"],
    ["date dd/mm/yyyy", "31/02/2026"],
    ["yes-no", "maybe"],
    ["time", "25:00"],
    ["text", {}],
  ] as const)
    assert.throws(
      () => readColumn("a", type, value),
      (error) => error instanceof SourceFailure && error.code === "column-differs",
      `${type} ${value}`,
    )
})

test("a name that FEEL can't read becomes one that it can; a path finds nothing that is inherited", () => {
  assert.equal(plainName("Số CCCD/ĐDCN (mẹ)"), "Số CCCD ĐDCN mẹ")
  assert.equal(at({ a: { b: 1 } }, "a.b"), 1)
  assert.equal(at({ a: {} }, "a.constructor"), undefined)
})

test("beyond this machine a database is asked over TLS, unless the declaration says otherwise", () => {
  const to = { database: "d", user: "u" }
  assert.deepEqual(tlsOf({ ...to, host: "10.0.0.7" }, "."), { rejectUnauthorized: true })
  assert.equal(tlsOf({ ...to, host: "10.0.0.7", tls: "none" }, "."), undefined)
  for (const here of [{}, { host: "localhost" }, { host: "/run/postgresql" }, { socket: "/run/x" }])
    assert.equal(tlsOf({ ...to, ...here }, "."), undefined)
})

/** A guard whose clock stands until it is moved. */
function guarded(options: { tries?: number; atOnce?: number; perMinute?: number; waitMs?: number } = {}) {
  const time = { ms: 0 }
  const guard = openGuard({ waitMs: 500, tries: 1, atOnce: 2, perMinute: 6_000, ...options, now: () => time.ms })
  return { guard, time }
}
const fails = (code: ConstructorParameters<typeof SourceFailure>[0]) => () => Promise.reject(new SourceFailure(code))
const failedWith = (code: string) => (error: unknown) => error instanceof SourceFailure && error.code === code

test("the breaker opens after failures in a row, lets one try after its time, and closes when that works", async () => {
  const { guard, time } = guarded()
  for (let i = 0; i < FAILURES_MAX; i++) {
    assert.equal(guard.state, "closed")
    await assert.rejects(guard.run(fails("no-connection")), failedWith("no-connection"))
  }
  assert.equal(guard.state, "open")
  let isAsked = false
  const ask = async () => {
    isAsked = true
  }
  await assert.rejects(guard.run(ask), failedWith("breaker-open"))
  assert.equal(isAsked, false)
  time.ms += OPEN_MS
  assert.equal(guard.state, "half-open")
  const doors: (() => void)[] = []
  const trial = guard.run(() => new Promise<void>((resolve) => doors.push(resolve)))
  await new Promise(setImmediate)
  await assert.rejects(guard.run(ask), failedWith("breaker-open"))
  doors[0]!()
  await trial
  assert.equal(guard.state, "closed")
})

test("a trial that fails opens the breaker anew", async () => {
  const { guard, time } = guarded()
  for (let i = 0; i < FAILURES_MAX; i++) await guard.run(fails("too-slow")).catch(() => undefined)
  time.ms += OPEN_MS
  await guard.run(fails("too-slow")).catch(() => undefined)
  assert.equal(guard.state, "open")
})

test("an answer that fits nobody's record is no sign that the source is down", async () => {
  const { guard } = guarded()
  for (const code of ["rows-too-many", "refused", "answer-too-large"] as const)
    for (let i = 0; i <= FAILURES_MAX; i++) await guard.run(fails(code)).catch(() => undefined)
  assert.equal(guard.state, "closed")
})

test("what may pass is tried again, what stays is not", async () => {
  const { guard } = guarded({ tries: 3 })
  let asked = 0
  const second = async () => {
    if (++asked < 2) throw new SourceFailure("no-connection")
    return asked
  }
  assert.equal(await guard.run(second), 2)
  asked = 0
  await assert.rejects(
    guard.run(async () => {
      asked++
      await fails("refused")()
    }),
    failedWith("refused"),
  )
  assert.equal(asked, 1)
})

test("who waits too long is told so, and the work hears it", async () => {
  const { guard } = guarded({ waitMs: 100 })
  let isAborted = false
  const hang = (signal: AbortSignal) =>
    new Promise<void>(() => {
      signal.addEventListener("abort", () => {
        isAborted = true
      })
    })
  await assert.rejects(guard.run(hang), failedWith("too-slow"))
  assert.equal(isAborted, true)
})

test("so many at once and as many waiting; the others are turned away, and a minute has its number", async () => {
  const { guard } = guarded({ atOnce: 1 })
  const doors: (() => void)[] = []
  const stay = () => guard.run(() => new Promise<void>((resolve) => doors.push(resolve)))
  const [first, second] = [stay(), stay()]
  await new Promise(setImmediate)
  await assert.rejects(stay(), failedWith("busy"))
  doors.shift()!()
  await first
  await new Promise(setImmediate)
  doors.shift()!()
  await second

  const { guard: slow, time } = guarded({ perMinute: 10 })
  await slow.run(async () => undefined)
  await assert.rejects(
    slow.run(async () => undefined),
    failedWith("busy"),
  )
  time.ms += 6_000
  await slow.run(async () => undefined)
})
