// Tables to BPMN and back without loss; the picture of a graph tells where it stands, also in words.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { parse } from "node-html-parser"
import { births } from "./births-of-tests.ts"
import {
  bpmnOfTable,
  checkProcess,
  compileProcess,
  drawGraph,
  GraphFaults,
  type ProcessDefinition,
  readBpmn,
  type StepDefinition,
  tableOfBpmn,
} from "./index.ts"
import { graphOfTable } from "./table-graph.ts"

// biome-ignore-start lint/suspicious/noThenProperty: the word of the grammar; no promise is near
/** Sound tables: each step leads on, or to an end; some with names full of marks. */
const tables: fc.Arbitrary<ProcessDefinition> = fc
  .array(
    fc.record({
      vi: fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(..."aạđ <>&\"'[{1\n") }),
      not: fc.boolean(),
      refuse: fc.boolean(),
      hours: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((rows) => ({
    ...(rows.length > 3 && { supplements: rows.length }),
    steps: [
      ...rows.map(({ vi, not, refuse, hours }, i): StepDefinition => {
        const next = i + 1 < rows.length ? `s${i + 1}` : "end"
        const four = not && i > 0 && { not: i > 1 ? ["s0", "s1"] : "s0" }
        return {
          id: `s${i}`,
          name: { vi, en: "1" },
          by: "clerk",
          hours,
          kind: "appraise",
          ...four,
          then: { ok: next, ...(refuse && { refuse: "end-refused" }), ask: "wait" },
        }
      }),
      {
        id: "wait",
        by: "applicant",
        kind: "supplement",
        clock: "suspended",
        closes: { after: "5 working-days", as: "end-stopped" },
        then: { answered: "asker" },
      },
    ],
  }))
// biome-ignore-end lint/suspicious/noThenProperty: the word of the grammar; no promise is near

test("the births table becomes BPMN that reads without a finding, and the same table again", async () => {
  const xml = bpmnOfTable(births())
  assert.deepEqual(await tableOfBpmn(xml), births())
  const read = await readBpmn(xml)
  const made = compileProcess(births()).graph
  assert.deepEqual([...read.nodes.keys()], [...made.nodes.keys()])
  for (const [id, node] of made.nodes)
    assert.deepEqual(
      read.nodes.get(id)!.outgoing.map((flow) => [flow.id, flow.to.id, flow.outcome, flow.when?.text]),
      node.outgoing.map((flow) => [flow.id, flow.to.id, flow.outcome, flow.when?.text]),
    )
})

test("every sound table comes back as it was, in the same order", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      assert.deepEqual(checkProcess(table), [])
      const back = (await tableOfBpmn(bpmnOfTable(table))) as ProcessDefinition
      assert.deepEqual(back, table)
      assert.deepEqual(
        back.steps.map((row) => Object.keys(row.then)),
        table.steps.map((row) => Object.keys(row.then)),
      )
    }),
    { numRuns: 100 },
  )
})

test("the diagram has a place for every node and a way for every flow, and no two nodes overlap", () => {
  const xml = parse(bpmnOfTable(births()))
  const graph = graphOfTable(births())
  const boxes = xml.querySelectorAll("*").filter(({ rawTagName }) => rawTagName === "bpmndi:BPMNShape")
  assert.deepEqual(boxes.map((box) => box.getAttribute("bpmnElement")).sort(), [...graph.nodes.keys()].sort())
  const ways = xml.querySelectorAll("*").filter(({ rawTagName }) => rawTagName === "bpmndi:BPMNEdge")
  assert.equal(ways.length, [...graph.processes.values()][0]!.flows.length)
  const places = boxes.flatMap((box) => {
    const bounds = box.querySelectorAll("*").find(({ rawTagName }) => rawTagName === "dc:Bounds")!
    const number = (name: string) => Number(bounds.getAttribute(name))
    const attached = box.getAttribute("bpmnElement")!.startsWith("closes_")
    return attached ? [] : [{ x: number("x"), y: number("y"), width: number("width"), height: number("height") }]
  })
  for (const [i, one] of places.entries())
    for (const other of places.slice(i + 1))
      assert.ok(
        one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y,
        JSON.stringify([one, other]),
      )
})

test("what a table has no words for is told by its id", async () => {
  const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p"><startEvent id="s"/><userTask id="a"/><parallelGateway id="fork"/><userTask id="b"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="fork"/><sequenceFlow id="f3" sourceRef="fork" targetRef="b"/></process></definitions>`
  await assert.rejects(
    tableOfBpmn(xml),
    (error) => error instanceof GraphFaults && error.findings[0]!.code === "not-a-table" && error.findings[0]!.at === "fork",
  )
})

test("the picture has a title, words, marks where it stands, and nothing from elsewhere", () => {
  const svg = drawGraph(compileProcess(births()).graph, {
    title: "Khai sinh <b>",
    description: "Hồ sơ đang ở bước Thẩm tra",
    at: ["appraise"],
    passed: ["receive"],
    prefix: "case",
  })
  const root = parse(svg).querySelector("svg")!
  assert.equal(root.getAttribute("role"), "img")
  assert.equal(root.getAttribute("aria-labelledby"), "case-title case-desc")
  assert.match(svg, /<title id="case-title">Khai sinh &lt;b&gt;<\/title><desc id="case-desc">Hồ sơ đang ở bước Thẩm tra<\/desc>/)
  assert.match(svg, /<g class="at" id="case-at-0" aria-current="step" data-node="appraise">/)
  assert.match(svg, /<g class="passed" data-node="receive">/)
  assert.doesNotMatch(svg, /<script|href|url\((?!#)/)
})
