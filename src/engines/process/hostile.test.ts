// Documents made to hurt: each ends in a finding and leads to no object of the host's own.
import assert from "node:assert/strict"
import { test } from "node:test"
import { begin, GraphFaults, readBpmn } from "./index.ts"

const document = (content: string, head = ""): string =>
  `<?xml version="1.0"?>${head}<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p">${content}</process></definitions>`

const repeated = (times: number, each: (n: number) => string): string => Array.from({ length: times }, (_, n) => each(n)).join("")

const lines = repeated(10, (n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`)

const hostile: [string, string, string][] = [
  ["a hundred thousand tasks", document(repeated(100_000, (n) => `<task id="t${n}"/>`)), "too-large"],
  ["as many tasks as fit in the text", document(repeated(45_000, (n) => `<task id="t${n}"/>`)), "too-large"],
  [
    "elements without end inside each other",
    document(`${"<subProcess>".repeat(20_000)}${"</subProcess>".repeat(20_000)}`),
    "too-large",
  ],
  ["entities that multiply", document("&e10;", `<!DOCTYPE d [<!ENTITY e0 "ha">${lines}]>`), "not-xml"],
  ["an entity from a file", document("&f;", '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), "not-xml"],
  ["a task named as what every object has", document('<task id="__proto__"/>'), "id-reserved"],
  ["a task called constructor", document('<task id="constructor"/>'), "id-reserved"],
  ["half a document", "<definitions><process", "not-xml"],
  ["another language", '<html xmlns="http://www.w3.org/1999/xhtml" id="h"/>', "not-bpmn"],
  ["nothing", "", "not-xml"],
  ["two nodes of one id", document('<task id="a"/><task id="a"/>'), "not-bpmn"],
  ["a flow to nowhere", document('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="gone"/>'), "flow-broken"],
  [
    "a script in another language",
    document('<startEvent id="s"/><scriptTask id="a" scriptFormat="javascript"><script>process.exit()</script></scriptTask>'),
    "script-foreign",
  ],
  [
    "a script of names that nobody declared",
    document('<startEvent id="s"/><scriptTask id="a"><script>process.env</script></scriptTask>'),
    "expression-broken",
  ],
  ["a loop that never ends", document('<startEvent id="s"/><task id="a"><standardLoopCharacteristics/></task>'), "loop-wrong"],
  ["a call of nobody", document('<startEvent id="s"/><callActivity id="a" calledElement="gone"/>'), "called-unknown"],
  ["an empty process", document(""), "no-start"],
]

const codesOf = async (xml: string): Promise<string[]> => {
  try {
    await readBpmn(xml)
    return []
  } catch (error) {
    assert.ok(error instanceof GraphFaults, String(error))
    return error.findings.map(({ code }) => code)
  }
}

for (const [name, xml, code] of hostile)
  test(`${name} is refused as ${code}`, async () => {
    const codes = await codesOf(xml)
    assert.ok(codes.includes(code), JSON.stringify(codes))
  })

test("an endless circle without a wait is stopped by the count of its visits", async () => {
  const flow = (from: string, to: string) => `<sequenceFlow id="${from}${to}" sourceRef="${from}" targetRef="${to}"/>`
  const graph = await readBpmn(
    document(`<startEvent id="s"/><task id="a"/><task id="b"/>${flow("s", "a")}${flow("a", "b")}${flow("b", "a")}`),
  )
  const ran = begin(graph, {}, 0)
  assert.equal("fault" in ran && ran.fault.code, "too-many-visits")
})
