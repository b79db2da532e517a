// The elements of BPMN one by one: what each does to the trace that the scripts of a small model leave.
import assert from "node:assert/strict"
import { test } from "node:test"
import { type ProcessCase, play } from "./process-case.ts"

const HEAD =
  '<signal id="sig" name="sig"/><signal id="sig2" name="sig2"/><error id="er" errorCode="E1"/><escalation id="es" escalationCode="X1"/><message id="m" name="m"/>'

const document = (content: string, beside: string): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">${HEAD}<process id="main">${content}</process>${beside}</definitions>`

/** A task that leaves SCRIPT_taskN. */
const task = (id: string, n: number): string => `<scriptTask id="${id}"><script>SCRIPT_task${n}</script></scriptTask>`

/** Flows written as `a>b`, with a condition as `a>b:text`. */
const flows = (...texts: string[]): string =>
  texts
    .map((text, i) => {
      const [ends = "", condition] = text.split(":")
      const [from, to] = ends.split(">")
      const inner = condition ? `<conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression>` : ""
      return `<sequenceFlow id="f_${from}_${to}_${i}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`
    })
    .join("")

const tasks = (...numbers: number[]): string[] => numbers.map((n) => `SCRIPT_task${n}`)

const elements: [name: string, content: string, expected: ProcessCase, beside?: string][] = [
  [
    "a link leads on in the same process",
    `<startEvent id="s"/>${task("a", 1)}<intermediateThrowEvent id="lt"><linkEventDefinition name="L"/></intermediateThrowEvent><intermediateCatchEvent id="lc"><linkEventDefinition name="L"/></intermediateCatchEvent>${task("b", 2)}<endEvent id="e"/>${flows("s>a", "a>lt", "lc>b", "b>e")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "a terminate event ends its sub-process alone",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><parallelGateway id="p"/><endEvent id="t"><terminateEventDefinition/></endEvent><intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>${task("x", 1)}${flows("s2>p", "p>t", "p>c", "c>x")}</subProcess>${task("b", 2)}${flows("s>sub", "sub>b")}`,
    { trace: tasks(2) },
  ],
  [
    "a condition at the boundary that holds already fires at once",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>${task("x", 1)}${flows("s2>c", "c>x")}</subProcess><boundaryEvent id="b" attachedToRef="sub" cancelActivity="false"><conditionalEventDefinition><condition xsi:type="tFormalExpression">test.contains("a")</condition></conditionalEventDefinition></boundaryEvent>${task("y", 2)}${flows("s>sub", "b>y")}`,
    { trace: tasks(1, 2), input: "a" },
  ],
  [
    "an end event undoes",
    `<startEvent id="s"/>${task("a", 1)}<boundaryEvent id="cb" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><scriptTask id="h" isForCompensation="true"><script>SCRIPT_task2</script></scriptTask><association id="as" associationDirection="One" sourceRef="cb" targetRef="h"/><endEvent id="ce"><compensateEventDefinition/></endEvent>${flows("s>a", "a>ce")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "what was done in a sub-process is undone from outside",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/>${task("a", 1)}<boundaryEvent id="cb" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><scriptTask id="h" isForCompensation="true"><script>SCRIPT_task2</script></scriptTask><association id="as" associationDirection="One" sourceRef="cb" targetRef="h"/><endEvent id="e2"/>${flows("s2>a", "a>e2")}</subProcess><intermediateThrowEvent id="ct"><compensateEventDefinition/></intermediateThrowEvent>${task("z", 3)}${flows("s>sub", "sub>ct", "ct>z")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "a sub-process that has its own undoing is undone by that",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/>${task("a", 1)}${flows("s2>a")}</subProcess><boundaryEvent id="cb" attachedToRef="sub"><compensateEventDefinition/></boundaryEvent><scriptTask id="h" isForCompensation="true"><script>SCRIPT_task2</script></scriptTask><association id="as" associationDirection="One" sourceRef="cb" targetRef="h"/><intermediateThrowEvent id="ct"><compensateEventDefinition activityRef="sub"/></intermediateThrowEvent>${task("z", 3)}${flows("s>sub", "sub>ct", "ct>z")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "an escalation that does not interrupt leaves the sub-process to end",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><endEvent id="e2"><escalationEventDefinition escalationRef="es"/></endEvent>${flows("s2>e2")}</subProcess><boundaryEvent id="b" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition escalationRef="es"/></boundaryEvent>${task("y", 2)}${task("z", 1)}${flows("s>sub", "b>y", "sub>z")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "an escalation that nobody catches is told",
    `<startEvent id="s"/>${task("a", 1)}<endEvent id="e2"><escalationEventDefinition escalationRef="es"/></endEvent>${flows("s>a", "a>e2")}`,
    { trace: [...tasks(1), "ERROR_thrownEscalationEvent"] },
  ],
  [
    "an error leaves a transaction",
    `<startEvent id="s"/><transaction id="tx"><startEvent id="s2"/>${task("a", 1)}<endEvent id="e2"><errorEventDefinition errorRef="er"/></endEvent>${flows("s2>a", "a>e2")}</transaction><boundaryEvent id="b" attachedToRef="tx"><errorEventDefinition errorRef="er"/></boundaryEvent>${task("y", 2)}${flows("s>tx", "b>y")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "a called process runs",
    `<startEvent id="s"/><callActivity id="c" calledElement="other"/>${task("b", 2)}${flows("s>c", "c>b")}`,
    { trace: tasks(1, 2) },
    `<process id="other"><startEvent id="s9"/>${task("a9", 1)}${flows("s9>a9")}</process>`,
  ],
  [
    "a called global task runs",
    `<startEvent id="s"/><callActivity id="c" calledElement="gt"/>${task("b", 2)}${flows("s>c", "c>b")}`,
    { trace: tasks(1, 2) },
    `<globalScriptTask id="gt" name="gt"><script>SCRIPT_task1</script></globalScriptTask>`,
  ],
  [
    "a timer brings a process to life",
    `<startEvent id="s"><timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition></startEvent>${task("a", 1)}${flows("s>a")}`,
    { trace: tasks(1) },
  ],
  [
    "a timer that repeats brings as many to life",
    `<startEvent id="s"><timerEventDefinition><timeCycle>R3/PT5S</timeCycle></timerEventDefinition></startEvent>${task("a", 1)}${flows("s>a")}`,
    { trace: tasks(1, 1, 1) },
  ],
  [
    "a condition brings a process to life when it holds",
    `<startEvent id="s"><conditionalEventDefinition><condition xsi:type="tFormalExpression">test.contains("a")</condition></conditionalEventDefinition></startEvent>${task("a", 1)}${flows("s>a")}`,
    { trace: tasks(1), input: "a" },
  ],
  [
    "a condition brings a process to life when it holds, and not otherwise",
    `<startEvent id="s"><conditionalEventDefinition><condition xsi:type="tFormalExpression">test.contains("a")</condition></conditionalEventDefinition></startEvent>${task("a", 1)}${flows("s>a")}`,
    { trace: tasks(), input: "b" },
  ],
  [
    "a gateway without a way out is a fault",
    `<startEvent id="s"/><exclusiveGateway id="x"/>${task("a", 1)}${flows("s>x", 'x>a:test.contains("a")')}`,
    { trace: ["ERROR_runtime"], input: "c" },
  ],
  [
    "a complex gateway goes on with the first",
    `<startEvent id="s"/><parallelGateway id="p"/>${task("a", 1)}${task("b", 2)}<complexGateway id="c"><activationCondition xsi:type="tFormalExpression">activationCount == 1</activationCondition></complexGateway>${task("z", 3)}${flows("s>p", "p>a", "p>b", "a>c", "b>c", "c>z")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "a complex gateway without a condition waits for all",
    `<startEvent id="s"/><parallelGateway id="p"/>${task("a", 1)}${task("b", 2)}<complexGateway id="c"/>${task("z", 3)}${flows("s>p", "p>a", "p>b", "a>c", "b>c", "c>z")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "enough instances are enough",
    `<startEvent id="s"/><scriptTask id="mm"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality xsi:type="tFormalExpression">5</loopCardinality><completionCondition xsi:type="tFormalExpression">numberOfCompletedInstances == 2</completionCondition></multiInstanceLoopCharacteristics><script>SCRIPT_task1</script></scriptTask>${task("z", 3)}${flows("s>mm", "mm>z")}`,
    { trace: tasks(1, 1, 3) },
  ],
  [
    "an ad hoc sub-process does all that it has",
    `<startEvent id="s"/><adHocSubProcess id="h" ordering="Parallel">${task("a", 1)}${task("b", 2)}</adHocSubProcess>${task("z", 3)}${flows("s>h", "h>z")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "tokens are counted where a task needs several",
    `<startEvent id="s"/><scriptTask id="a" completionQuantity="3"><script>SCRIPT_task1</script></scriptTask><scriptTask id="b" startQuantity="3"><script>SCRIPT_task2</script></scriptTask>${flows("s>a", "a>b")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "a signal reaches who is about to listen",
    `<startEvent id="s"/><parallelGateway id="p"/><subProcess id="sub"><startEvent id="s2"/><intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition></intermediateCatchEvent>${task("x", 1)}${flows("s2>c", "c>x")}</subProcess><boundaryEvent id="b" attachedToRef="sub" cancelActivity="false"><signalEventDefinition signalRef="sig"/></boundaryEvent>${task("y", 2)}<intermediateThrowEvent id="th"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent>${task("w", 3)}${flows("s>p", "p>sub", "p>th", "th>w", "b>y")}`,
    { trace: tasks(1, 2, 3) },
  ],
  [
    "the first event behind a gateway brings a process to life",
    `<eventBasedGateway id="g" instantiate="true"/><intermediateCatchEvent id="c1"><messageEventDefinition messageRef="m"/></intermediateCatchEvent><intermediateCatchEvent id="c2"><timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition></intermediateCatchEvent>${task("a", 1)}${task("b", 2)}${flows("g>c1", "g>c2", "c1>a", "c2>b")}`,
    { trace: tasks(1) },
  ],
  [
    "an inclusive join meets an inclusive fork",
    `<startEvent id="s"/><inclusiveGateway id="i"/><inclusiveGateway id="j"/>${task("a", 1)}${task("b", 2)}${task("z", 3)}${flows("s>i", 'i>a:test.contains("a")', 'i>b:test.contains("b")', "a>j", "b>j", "j>z")}`,
    { trace: tasks(1, 2, 3), input: "ab" },
  ],
  [
    "a loop ends with its maximum",
    `<startEvent id="s"/><scriptTask id="l"><standardLoopCharacteristics loopMaximum="2"><loopCondition xsi:type="tFormalExpression">true</loopCondition></standardLoopCharacteristics><script>SCRIPT_task1</script></scriptTask>${flows("s>l")}`,
    { trace: tasks(1, 1) },
  ],
  [
    "an error without a code catches all",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><endEvent id="e2"><errorEventDefinition errorRef="er"/></endEvent>${flows("s2>e2")}</subProcess><boundaryEvent id="b" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>${task("y", 2)}${flows("s>sub", "b>y")}`,
    { trace: tasks(2) },
  ],
  [
    "an event sub-process of the whole process interrupts it",
    `<startEvent id="s"/>${task("a", 1)}<intermediateThrowEvent id="th"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent>${task("w", 3)}<subProcess id="es1" triggeredByEvent="true"><startEvent id="s5"><signalEventDefinition signalRef="sig"/></startEvent>${task("y", 2)}${flows("s5>y")}</subProcess>${flows("s>a", "a>th", "th>w")}`,
    { trace: tasks(1, 2) },
  ],
  [
    "a boundary that waits for both signals waits for both",
    `<startEvent id="s"/><subProcess id="sub"><startEvent id="s2"/><intermediateThrowEvent id="t1"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent><intermediateThrowEvent id="t2"><signalEventDefinition signalRef="sig2"/></intermediateThrowEvent>${task("x", 1)}${flows("s2>t1", "t1>t2", "t2>x")}</subProcess><boundaryEvent id="b" attachedToRef="sub" parallelMultiple="true"><signalEventDefinition signalRef="sig"/><signalEventDefinition signalRef="sig2"/></boundaryEvent>${task("y", 2)}${flows("s>sub", "b>y")}`,
    { trace: tasks(2) },
  ],
  [
    "a cancelled transaction undoes what was done in it",
    `<startEvent id="s"/><transaction id="tx"><startEvent id="s2"/>${task("a", 1)}<boundaryEvent id="cb" attachedToRef="a"><compensateEventDefinition/></boundaryEvent><scriptTask id="h" isForCompensation="true"><script>SCRIPT_task2</script></scriptTask><association id="as" associationDirection="One" sourceRef="cb" targetRef="h"/><endEvent id="ce"><cancelEventDefinition/></endEvent>${flows("s2>a", "a>ce")}</transaction><boundaryEvent id="b" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>${task("y", 3)}${task("n", 4)}${flows("s>tx", "tx>n", "b>y")}`,
    { trace: tasks(1, 2, 3) },
  ],
]

for (const [name, content, expected, beside = ""] of elements)
  test(name, async () => assert.equal(await play(document(content, beside), "main", expected), undefined))

test("a case whose trace is another is told with what was expected", async () => {
  const wrong = await play(document(`<startEvent id="s"/>${task("a", 1)}${flows("s>a")}`, ""), "main", { trace: tasks(2) })
  assert.equal(wrong, "expected SCRIPT_task2, got SCRIPT_task1")
})
