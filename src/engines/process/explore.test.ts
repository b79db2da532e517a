// Faulty graphs, each with the code and the place of its fault; random sound nets, in which no token is lost or doubled and all ends.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { births } from "./births-of-tests.ts"
import { advance, begin, compileProcess, findingText, openTasks, type Ran, readBpmn, soundnessOf } from "./index.ts"

const document = (content: string): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p">${content}</process></definitions>`

const flow = (from: string, to: string, condition = ""): string =>
  `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition && `<conditionExpression>${condition}</conditionExpression>`}</sequenceFlow>`

const chain = (...ids: string[]): string =>
  ids
    .slice(1)
    .map((to, i) => flow(ids[i]!, to))
    .join("")

const task = (...ids: string[]): string => ids.map((id) => `<userTask id="${id}" name="Task ${id}"/>`).join("")
const start = '<startEvent id="s"/>'
const end = '<endEvent id="e"/>'
const gateway = (kind: string, ...ids: string[]) => ids.map((id) => `<${kind}Gateway id="${id}"/>`).join("")

const faulty: [string, string, string, string][] = [
  [
    "a task behind an event that never comes",
    `${start}${task("a", "b")}<subProcess id="sub"><startEvent id="s2"/></subProcess><boundaryEvent id="err" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>${end}${chain("s", "sub", "a", "e")}${flow("err", "b")}`,
    "dead-task",
    "b",
  ],
  [
    "a join behind a choice",
    `${start}${gateway("exclusive", "x")}${task("a", "b")}${gateway("parallel", "j")}${end}${chain("s", "x", "a", "j", "e")}${chain("x", "b", "j")}`,
    "deadlock",
    "j",
  ],
  [
    "a way back without a way out",
    `${start}${task("a", "b")}${gateway("exclusive", "m")}${chain("s", "m", "a", "b", "m")}`,
    "never-ends",
    "a",
  ],
  [
    "a fork that meets in a merge",
    `${start}${gateway("parallel", "f")}${task("a", "b", "c")}${gateway("exclusive", "m")}${end}${chain("s", "f", "a", "m", "c", "e")}${chain("f", "b", "m")}`,
    "token-doubled",
    "c",
  ],
  [
    "an end that throws a token away",
    `${start}${gateway("parallel", "f")}${task("a", "b")}${end}<endEvent id="t"><terminateEventDefinition/></endEvent>${chain("s", "f", "a", "e")}${chain("f", "b", "t")}`,
    "token-lost",
    "t",
  ],
  [
    "a choice whose conditions may all fail",
    `${start}${gateway("exclusive", "x")}${task("a")}${end}${chain("s", "x")}${flow("x", "a", "1 = 2")}${flow("x", "e", "1 = 3")}${chain("a", "e")}`,
    "no-default",
    "x",
  ],
  [
    "a fork in a circle",
    `${start}${gateway("parallel", "f")}${task("a")}${gateway("exclusive", "m")}${chain("s", "m", "f", "m")}${chain("f", "a")}`,
    "runs-away",
    "f",
  ],
]

for (const [name, content, code, at] of faulty)
  test(`${name} is found as ${code} at ${at}`, async () => {
    const { findings } = soundnessOf(await readBpmn(document(content)))
    for (const language of ["vi", "en"])
      for (const finding of findings) assert.match(findingText(finding, language), /^[^{}…]+\.$/)
    assert.ok(
      findings.some((finding) => (finding.code === code && finding.at === at) || (code === "runs-away" && finding.code === code)),
      JSON.stringify(findings),
    )
  })

test("the table of births is sound as a graph too", () => {
  assert.deepEqual(soundnessOf(compileProcess(births()).graph), { decided: true, states: 10, findings: [] })
})

test("a net of which too much would have to be looked at is told as undecided", async () => {
  const ids = [...Array(14).keys()].map((i) => `t${i}`)
  const wide = `${start}${gateway("parallel", "f", "j")}${task(...ids)}${end}${chain("s", "f")}${ids.map((id) => chain("f", id, "j")).join("")}${chain("j", "e")}`
  const { decided, findings } = soundnessOf(await readBpmn(document(wide)))
  assert.equal(decided, false)
  assert.deepEqual(
    findings.map(({ code }) => code),
    ["undecided"],
  )
})

/** A sound net: tasks once or several times, in sequence, choice, fork and join, some of them, or again and again. */
type Net =
  | { kind: "task" }
  | { kind: "many"; count: number; sequential: boolean }
  | { kind: "seq" | "choice" | "fork" | "some" | "loop"; parts: Net[] }

const nets: fc.Arbitrary<Net> = fc.letrec<{ net: Net }>((tie) => ({
  net: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constant<Net>({ kind: "task" }),
    fc.record({ kind: fc.constant("many" as const), count: fc.integer({ min: 1, max: 3 }), sequential: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom("seq" as const, "choice" as const, "fork" as const, "some" as const, "loop" as const),
      parts: fc.array(tie("net"), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).net

/** The net as BPMN; gives the content and its first and last node. */
function written(net: Net, name: string): { content: string; first: string; last: string } {
  if (net.kind === "task") return { content: task(name), first: name, last: name }
  if (net.kind === "many") {
    const times = `<multiInstanceLoopCharacteristics isSequential="${net.sequential}"><loopCardinality>${net.count}</loopCardinality></multiInstanceLoopCharacteristics>`
    return { content: `<userTask id="${name}">${times}</userTask>`, first: name, last: name }
  }
  const parts = net.parts.map((part, i) => written(part, `${name}_${i}`))
  const inside = parts.map(({ content }) => content).join("")
  const [first, last] = [`${name}i`, `${name}o`]
  if (net.kind === "seq") {
    const between = parts
      .slice(1)
      .map((part, i) => flow(parts[i]!.last, part.first))
      .join("")
    return { content: inside + between, first: parts[0]!.first, last: parts.at(-1)!.last }
  }
  if (net.kind === "loop") {
    const [there, back] = parts as [(typeof parts)[0], (typeof parts)[0]]
    const content = `${gateway("exclusive", first)}<exclusiveGateway id="${last}" default="${last}_${name}x"/><manualTask id="${name}x"/>${there.content}${back.content}`
    const ways = `${flow(first, there.first)}${flow(there.last, last)}${flow(last, back.first, "again")}${flow(back.last, first)}${flow(last, `${name}x`)}`
    return { content: content + ways, first, last: `${name}x` }
  }
  const kind = net.kind === "choice" ? "exclusive" : net.kind === "fork" ? "parallel" : "inclusive"
  const open = `<${kind}Gateway id="${first}" default="${first}_${parts[0]!.first}"/>`
  const ways = parts
    .map((part, i) => flow(first, part.first, net.kind === "fork" || i === 0 ? "" : `way > ${i}`) + flow(part.last, last))
    .join("")
  return { content: `${open}${gateway(kind, last)}${inside}${ways}`, first, last }
}

const netOf = (net: Net) => {
  const { content, first, last } = written(net, "n")
  return readBpmn(document(`${start}${end}${content}${flow("s", first)}${flow(last, "e")}`), { names: ["way", "again"] })
}

/** The tasks of a net that are done several times. */
const manyIn = (net: Net, name = "n"): Set<string> =>
  net.kind === "many"
    ? new Set([name])
    : new Set(net.kind === "task" ? [] : net.parts.flatMap((part, i) => [...manyIn(part, `${name}_${i}`)]))

/** How many tasks are done where every choice goes one way, and no loop is gone again. */
function doneIn(net: Net, way: number): number {
  if (net.kind === "task") return 1
  if (net.kind === "many") return net.count
  const parts = net.parts.map((part) => doneIn(part, way))
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
  if (net.kind === "loop") return parts[0]!
  if (net.kind === "seq" || net.kind === "fork") return sum(parts)
  const open = parts.filter((_count, i) => i > 0 && way > i)
  if (open.length === 0) return parts[0]!
  return net.kind === "choice" ? open[0]! : sum(open)
}

test("random nets have loops, joins of each kind and several instances", () => {
  const kinds = new Map<string, number>()
  const count = (net: Net): void => {
    kinds.set(net.kind, (kinds.get(net.kind) ?? 0) + 1)
    if ("parts" in net) net.parts.forEach(count)
  }
  fc.sample(nets, 200).forEach(count)
  for (const kind of ["task", "many", "seq", "choice", "fork", "some", "loop"])
    assert.ok((kinds.get(kind) ?? 0) >= 20, `${kind} comes ${kinds.get(kind)} times`)
})

test("in a random sound net every task is done as often as its ways say, in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(nets, fc.nat(4), fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }), async (net, way, picks) => {
      const graph = await netOf(net)
      let { state } = begin(graph, { vars: { way, again: false } }, 0) as Ran
      let done = 0
      for (; !state.ended; done++) {
        assert.ok(done < 400, "it does not end")
        const open = openTasks(graph, state)
        const chosen = open[picks[done % picks.length]! % open.length]
        assert.ok(chosen, `stuck: ${JSON.stringify(state.live)}`)
        const ran = advance(graph, state, { type: "complete", id: chosen.id }, 0)
        if ("fault" in ran) assert.fail(JSON.stringify(ran.fault))
        state = JSON.parse(JSON.stringify(ran.state)) as typeof state
      }
      assert.equal(done, doneIn(net, way))
    }),
    { numRuns: 200 },
  )
})

test("in a random sound net no token is lost or doubled, and every run comes to its end", async () => {
  await fc.assert(
    fc.asyncProperty(
      nets,
      fc.array(fc.record({ pick: fc.nat(20), way: fc.nat(4), again: fc.boolean() }), { minLength: 1, maxLength: 12 }),
      async (net, moves) => {
        const graph = await netOf(net)
        const many = manyIn(net)
        let { state } = begin(graph, { vars: { way: moves[0]!.way, again: false } }, 0) as Ran
        for (let move = 0; !state.ended; move++) {
          assert.ok(move < 400, "it does not end")
          const open = openTasks(graph, state)
          assert.ok(open.length > 0, `stuck: ${JSON.stringify(state.live)}`)
          const once = open.map(({ node }) => node).filter((node) => !many.has(node))
          assert.equal(new Set(once).size, once.length, "a token is doubled")
          const { pick, way, again } = moves[move % moves.length]!
          const chosen = open[pick % open.length]!
          const vars = { way, again: again && move < 100 }
          const ran = advance(graph, state, { type: "complete", id: chosen.id, vars }, 0)
          if ("fault" in ran) assert.fail(JSON.stringify(ran.fault))
          state = JSON.parse(JSON.stringify(ran.state)) as typeof state
        }
        assert.deepEqual([state.live, state.ended], [[], { how: "completed", at: "e" }])
      },
    ),
    { numRuns: 200 },
  )
})

test("the check calls a random sound net sound, where it can decide", async () => {
  await fc.assert(
    fc.asyncProperty(nets, async (net) => {
      const { findings } = soundnessOf(await netOf(net))
      assert.deepEqual(
        findings.filter(({ code }) => code !== "undecided"),
        [],
      )
    }),
    { numRuns: 60 },
  )
})
