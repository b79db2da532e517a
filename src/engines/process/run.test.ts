// What a running graph does with tokens: joins, loops, events, compensation, time; faults leave the state as it was.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  advance,
  begin,
  type Graph,
  nextDue,
  openTasks,
  type Ran,
  type RunEvent,
  type RunFault,
  type RunState,
  readBpmn,
  type Vars,
} from "./index.ts"

const HOUR = 3_600_000

/** A document around the content of its one process. */
export const document = (content: string, before = ""): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motlan="urn:motlan:process:1" id="d" targetNamespace="t">${before}<process id="p">${content}</process></definitions>`

/** Flows written as `a>b`, with a condition as `a>b: amount > 5`. */
const flows = (...texts: string[]): string =>
  texts
    .map((text, i) => {
      const [ends = "", condition] = text.split(": ")
      const [from, to] = ends.split(">")
      const inner = condition
        ? `<conditionExpression>${condition.replace(/</g, "&lt;").replace(/>/g, "&gt;")}</conditionExpression>`
        : ""
      return `<sequenceFlow id="f${i}_${from}_${to}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`
    })
    .join("")

const read = (content: string, names: string[] = [], before = ""): Promise<Graph> =>
  readBpmn(document(content, before), { names })

/** An instance that goes through JSON at each move. */
class Instance {
  state: RunState
  readonly sent: string[] = []
  now = 0

  constructor(
    readonly graph: Graph,
    vars: Vars = {},
  ) {
    this.state = this.take(begin(graph, { vars }, 0))
  }

  private take(ran: Ran | RunFault): RunState {
    if ("fault" in ran) assert.fail(JSON.stringify(ran.fault))
    for (const effect of ran.effects) if (effect.effect === "send") this.sent.push(effect.message)
    return JSON.parse(JSON.stringify(ran.state)) as RunState
  }

  happen(event: RunEvent): this {
    freeze(this.state)
    this.state = this.take(advance(this.graph, this.state, event, this.now))
    return this
  }

  /** Completes the oldest open task of a node. */
  do(node: string, outcome?: string, vars: Vars = {}): this {
    const task = openTasks(this.graph, this.state).find((one) => one.node === node)
    assert.ok(task, `${node} is not open, but ${this.open()}`)
    return this.happen({ type: "complete", id: task.id, vars, ...(outcome !== undefined && { outcome }) })
  }

  later(hours: number): this {
    this.now += hours * HOUR
    return this.happen({ type: "time" })
  }

  open(): string {
    return openTasks(this.graph, this.state)
      .map(({ node }) => node)
      .sort()
      .join(" ")
  }

  how(): string {
    return this.state.ended ? `${this.state.ended.how} ${this.state.ended.at ?? ""}`.trim() : `open: ${this.open()}`
  }
}

/** So that a move that changed the state it was given would throw. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}

const faultOf = (ran: Ran | RunFault) => ("fault" in ran ? ran.fault.code : "went through")

test("a join waits for a token on each of its flows, also the second time round", async () => {
  const graph = await read(
    `<startEvent id="s"/><exclusiveGateway id="in"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><parallelGateway id="join"/><exclusiveGateway id="again" default="f7_again_e"/><endEvent id="e"/>${flows("s>in", "in>fork", "fork>a", "fork>b", "a>join", "b>join", "join>again", "again>e", 'again>in: outcome = "more"')}`,
  )
  const one = new Instance(graph).do("a").do("b", "more")
  assert.equal(one.open(), "a b")
  assert.equal(one.do("b").open(), "a")
  assert.equal(one.do("a", "enough").how(), "completed e")
})

test("an inclusive join waits for those who can still come, and for nobody else", async () => {
  const graph = await read(
    `<startEvent id="s"/><inclusiveGateway id="fork"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><inclusiveGateway id="join"/><userTask id="end"/><endEvent id="e"/>${flows("s>fork", "fork>a: n > 0", "fork>b: n > 1", "fork>c: n > 2", "a>join", "b>join", "c>join", "join>end", "end>e")}`,
    ["n"],
  )
  assert.equal(new Instance(graph, { n: 1 }).do("a").open(), "end")
  const two = new Instance(graph, { n: 2 }).do("b")
  assert.equal(two.open(), "a")
  assert.equal(two.do("a").open(), "end")
  assert.equal(faultOf(begin(graph, { vars: { n: 0 } }, 0)), "no-way-out")
})

test("a supplement that isn't answered in time is closed by its timer, and the answered one is not", async () => {
  const graph = await read(
    `<startEvent id="s"/><userTask id="wait"/><boundaryEvent id="late" attachedToRef="wait"><timerEventDefinition><timeDuration>PT48H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="closed"/><endEvent id="answered"/>${flows("s>wait", "wait>answered", "late>closed")}`,
  )
  assert.equal(nextDue(new Instance(graph).state), 48 * HOUR)
  assert.equal(new Instance(graph).later(47).how(), "open: wait")
  assert.equal(new Instance(graph).later(48).how(), "completed closed")
  const answered = new Instance(graph).do("wait")
  assert.equal(answered.how(), "completed answered")
  assert.equal(nextDue(answered.state), undefined)
})

test("a reminder that repeats comes as often as it says, and none is lost when nobody looked for days", async () => {
  const graph = await read(
    `<startEvent id="s"/><userTask id="a"/><boundaryEvent id="r" cancelActivity="false" attachedToRef="a"><timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent><userTask id="remind"/><endEvent id="e"/>${flows("s>a", "a>e", "r>remind")}`,
  )
  assert.equal(new Instance(graph).later(2).open(), "a remind remind")
  assert.equal(new Instance(graph).later(90).open(), "a remind remind remind")
})

test("each of several appraisers has their own item, and enough of them are enough", async () => {
  const graph = await read(
    `<dataObject id="units" name="units"/><startEvent id="s"/><userTask id="ask"><multiInstanceLoopCharacteristics><loopDataInputRef>units</loopDataInputRef><inputDataItem id="unit" name="unit"/><completionCondition>numberOfCompletedInstances >= 2</completionCondition></multiInstanceLoopCharacteristics></userTask><endEvent id="e"/>${flows("s>ask", "ask>e")}`,
  )
  const one = new Instance(graph, { units: ["police", "land", "tax"] })
  assert.deepEqual(
    one.state.live.flatMap(({ vars }) => (vars ? [vars.unit] : [])),
    ["police", "land", "tax"],
  )
  assert.equal(one.do("ask").open(), "ask ask")
  assert.equal(one.do("ask").how(), "completed e")
})

test("an error goes to the nearest who catches it by its code, and ends the instance when nobody does", async () => {
  const graph = await read(
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><serviceTask id="pay"/>${flows("s2>pay")}</subProcess><boundaryEvent id="caught" attachedToRef="sub"><errorEventDefinition errorRef="short"/></boundaryEvent><userTask id="ask"/><endEvent id="e"/>${flows("s>sub", "caught>ask", "sub>e")}`,
    [],
    '<error id="short" errorCode="SHORT"/>',
  )
  const pay = openTasks(graph, new Instance(graph).state)[0]!
  assert.equal(new Instance(graph).happen({ type: "fail", id: pay.id, code: "SHORT" }).open(), "ask")
  const lost = new Instance(graph).happen({ type: "fail", id: pay.id, code: "OTHER" })
  assert.deepEqual(lost.state.ended, { how: "error", code: "OTHER", at: "pay" })
})

test("what was done is undone in the opposite order", async () => {
  const undo = (of: string) =>
    `<userTask id="${of}"/><boundaryEvent id="b${of}" attachedToRef="${of}"><compensateEventDefinition/></boundaryEvent><userTask id="un${of}" isForCompensation="true"/><association id="as${of}" associationDirection="One" sourceRef="b${of}" targetRef="un${of}"/>`
  const graph = await read(
    `<startEvent id="s"/>${undo("book")}${undo("pay")}<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent><userTask id="tell"/><endEvent id="e"/>${flows("s>book", "book>pay", "pay>undo", "undo>tell", "tell>e")}`,
  )
  const one = new Instance(graph).do("book").do("pay")
  assert.equal(one.open(), "unpay")
  assert.equal(one.do("unpay").open(), "unbook")
  assert.equal(one.do("unbook").open(), "tell")
  assert.equal(one.do("tell").how(), "completed e")
})

test("a message finds who waits under its key", async () => {
  const graph = await read(
    `<startEvent id="s"/><receiveTask id="answer" messageRef="m" motlan:key="number"/><endEvent id="e"/>${flows("s>answer", "answer>e")}`,
    ["number"],
    '<message id="m" name="reply"/>',
  )
  const one = new Instance(graph, { number: "H01" })
  const wrong = advance(graph, one.state, { type: "message", name: "reply", key: "H02" }, 0)
  assert.equal(faultOf(wrong), "nobody-waits")
  assert.equal(one.happen({ type: "message", name: "reply", key: "H01" }).how(), "completed e")
})

test("the first event behind a gateway wins, and the others no longer count", async () => {
  const catching = (id: string, definition: string) => `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`
  const graph = await read(
    `<startEvent id="s"/><eventBasedGateway id="g"/>${catching("paid", '<messageEventDefinition messageRef="m"/>')}${catching("late", "<timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition>")}<userTask id="issue"/><userTask id="remind"/>${flows("s>g", "g>paid", "g>late", "paid>issue", "late>remind")}`,
    [],
    '<message id="m" name="money"/>',
  )
  assert.equal(new Instance(graph).later(48).open(), "remind")
  const paid = new Instance(graph).happen({ type: "message", name: "money" }).later(72)
  assert.equal(paid.open(), "issue")
})

test("a script is FEEL, its result is data, and a condition on it fires when it begins to hold", async () => {
  const graph = await read(
    `<startEvent id="s"/><scriptTask id="sum" scriptFormat="feel" motlan:result="fee"><script>base * 2</script></scriptTask><intermediateCatchEvent id="enough"><conditionalEventDefinition><condition>paid &gt;= fee</condition></conditionalEventDefinition></intermediateCatchEvent><endEvent id="e"/>${flows("s>sum", "sum>enough", "enough>e")}`,
    ["base", "paid"],
  )
  const one = new Instance(graph, { base: 8000 })
  assert.equal(one.state.vars.fee, 16_000)
  assert.equal(one.happen({ type: "set", vars: { paid: 9000 } }).how(), "open: ")
  assert.equal(one.happen({ type: "set", vars: { paid: 16_000 } }).how(), "completed e")
})

test("a called process runs within its caller", async () => {
  const graph = await readBpmn(
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p"><startEvent id="s"/><callActivity id="call" calledElement="q"/><endEvent id="e"/>${flows("s>call", "call>e")}</process><process id="q"><startEvent id="s3"/><userTask id="inner"/>${flows("s3>inner").replace("f0", "f9")}</process></definitions>`,
  )
  assert.equal(new Instance(graph).do("inner").how(), "completed e")
})

test("a complex gateway goes on with the second of three, takes the third, and begins anew", async () => {
  const graph = await read(
    `<startEvent id="s"/><parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><complexGateway id="two"><activationCondition>activationCount &gt;= 2</activationCondition></complexGateway><userTask id="next"/><endEvent id="e"/>${flows("s>fork", "fork>a", "fork>b", "fork>c", "a>two", "b>two", "c>two", "two>next", "next>e")}`,
  )
  const one = new Instance(graph).do("a").do("b")
  assert.equal(one.open(), "c next")
  assert.equal(one.do("c").do("next").how(), "completed e")
})

test("a circle in which nothing is waited for, and a call of itself, end in a fault that changes nothing", async () => {
  const circle = await read(`<startEvent id="s"/><manualTask id="a"/><manualTask id="b"/>${flows("s>a", "a>b", "b>a")}`)
  assert.equal(faultOf(begin(circle, {}, 0)), "too-many-visits")
  const spread = await read(`<startEvent id="s"/><manualTask id="a"/><userTask id="u"/>${flows("s>a", "a>a", "a>u")}`)
  assert.equal(faultOf(begin(spread, {}, 0)), "too-many-tokens")
  const itself = await read(`<startEvent id="s"/><callActivity id="c" calledElement="p"/>${flows("s>c")}`)
  assert.equal(faultOf(begin(itself, {}, 0)), "too-deep")
  const many = await read(
    `<startEvent id="s"/><userTask id="u"><multiInstanceLoopCharacteristics><loopCardinality>100000</loopCardinality></multiInstanceLoopCharacteristics></userTask>${flows("s>u")}`,
  )
  assert.equal(faultOf(begin(many, {}, 0)), "too-many-instances")
})

test("a state that somebody wrote by hand leads to a fault, not to another object", async () => {
  const graph = await read(`<startEvent id="s"/><userTask id="a"/>${flows("s>a")}`)
  const { state } = begin(graph, {}, 0) as Ran
  const foreign = { ...state, live: [...state.live, { id: 9, at: "__proto__", in: 0 }] }
  assert.equal(faultOf(advance(graph, foreign, { type: "time" }, 0)), "node-unknown")
  const vars = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}') as Vars
  const ran = advance(graph, state, { type: "set", vars }, 0) as Ran
  assert.equal(Object.getPrototypeOf(ran.state.vars), Object.prototype)
  assert.equal(faultOf(advance(graph, state, { type: "complete", id: 99 }, 0)), "task-not-open")
  assert.equal(JSON.stringify(state), JSON.stringify((begin(graph, {}, 0) as Ran).state))
})
