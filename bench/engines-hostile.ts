// Definitions made to hang, to fill the memory or to reach the host, as authors could write them: each ends in a problem.
import { compileModel, DmnError, decide, readDmn } from "#engines/dmn"
import { checkFeel, compileFeel, FeelError, type Value } from "#engines/feel"
import { begin, GraphFaults, readBpmn } from "#engines/process"
import type { Measure } from "./measure.ts"

/** One definition, and the codes of which its problem must bear one. */
export interface Hostile {
  readonly name: string
  readonly codes: readonly string[]
  /** Reads it and runs it through the doors; gives the problem's code, `none` where there is none. */
  end(): Promise<string>
}

const spent = ["too-many-steps", "too-slow", "too-much-memory"]

const times = (count: number, text: (n: number) => string): string => Array.from({ length: count }, (_, n) => text(n)).join("")

/** The code that `act` throws. */
async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act()
    return "none"
  } catch (error) {
    if (error instanceof FeelError || error instanceof DmnError) return error.code
    if (error instanceof GraphFaults) return error.findings[0]?.code ?? "none"
    throw error
  }
}

// A text is compiled once per name list: a name of its own each time makes every round a first one.
let rounds = 0
function evaluated(text: string, context: Record<string, unknown>): unknown {
  checkFeel(text, {})
  return compileFeel(text, ["list", "text", "a", `round${rounds++}`]).evaluate(context)
}

const feel = (name: string, text: string, codes: readonly string[], context: Record<string, unknown> = {}): Hostile => ({
  name,
  codes,
  end: () => codeOf(() => evaluated(text, context)),
})

/** A name that every object of the host has: it must lead to nothing, and the code is `reached` where it leads to a value. */
const ofTheHost = (name: string): Hostile => ({
  name: `the name ${name}`,
  codes: ["none"],
  end: async () => {
    let value: unknown
    const code = await codeOf(() => {
      value = evaluated(`{a: 1}.${name}`, {})
    })
    return code === "none" && value !== null ? "reached" : code
  },
})

/** Names that each stand for the one before twice: what is held once is told without end. */
const doubling = (inner: (before: string) => string, last: string): string =>
  `{k0: [1], ${times(28, (n) => `k${n + 1}: ${inner(`k${n}`)}, `)}r: ${last}}.r`

const running: readonly Hostile[] = [
  feel("loops of 3,000 in 3,000", "count(for i in 1..3000, j in 1..3000 return i * j)", spent),
  feel("a search of 3,000 in 3,000", "some i in 1..3000, j in 1..3000 satisfies i + j < 0", spent),
  feel("a thousand million rounds", "count(for i in 1..1000000000 return 1)", spent),
  feel("lists that double", "for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", spent),
  feel("texts that double", 'for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1]', spent),
  feel("sorting in a loop", "for i in 1..3000 return sort(for j in 1..3000 return 0 - j, function(a, b) a < b)", spent),
  feel("comparing in a loop", "for i in 1..3000 return distinct values(for j in 1..3000 return [j])", spent),
  feel("powers in a loop", "for i in 1..3000 return 1.0000001 ** 99999", spent),
  feel("recursion", "{f: function(n) f(n + 1), r: f(1)}.r", ["too-deep"]),
  feel("recursion by two", "{f: function(n) f(n + 1) + f(n + 2), r: f(1)}.r", ["too-deep", ...spent]),
  feel(
    "names that double a list",
    doubling((k) => `[${k},${k}]`, "k28"),
    spent,
  ),
  feel(
    "names that double a context",
    doubling((k) => `{a:${k},b:${k}}`, "k28"),
    spent,
  ),
  feel(
    "its text",
    doubling((k) => `[${k},${k}]`, "string(k28)"),
    spent,
  ),
  feel(
    "its path",
    doubling((k) => `[${k},${k}]`, "k28.a"),
    spent,
  ),
  feel(
    "its comparison",
    doubling((k) => `[${k},${k}]`, "[k28] = [k28]"),
    spent,
  ),
  feel("a million items", "count(list)", ["input-too-large"], { list: Array.from({ length: 1_000_000 }, () => 1) }),
  feel("a pattern in a loop", 'for i in 1..3000 return matches(text, "(a|b)*c(a|b)*d")', spent, { text: "a".repeat(20_000) }),
  ...["(a+)+$", "(a|a)*$", "(.*a){20}$", "((a{1,50}){1,50}){1,50}"].map((pattern) =>
    feel(`the pattern ${pattern}`, `matches(text, "${pattern}")`, ["none", ...spent], { text: `${"a".repeat(20_000)}!` }),
  ),
  ...["constructor", "__proto__", "toString"].map(ofTheHost),
  ...["constructor", "__proto__"].map((name) => feel(`${name} alone`, name, ["unknown-name"])),
]

const refused = ["syntax", "too-long", "unknown-name", "unknown-function"]
const honest = ["none", ...refused]

/** Texts of the greatest length that nest and chain what a parser may stumble over. */
const shapes: readonly (readonly [string, (length: number) => string])[] = [
  ["brackets", (n) => "(".repeat(n)],
  ["lists in lists", (n) => "[".repeat(n / 2) + "]".repeat(n / 2)],
  ["contexts in contexts", (n) => `${"{a:".repeat(n / 4)}1`],
  ["if in if", (n) => `${"if a then a else ".repeat(n / 17)}1`],
  ["if without an end", (n) => "if ".repeat(n / 3)],
  ["for in for", (n) => "for i in ".repeat(n / 9)],
  ["long names", (n) => "ab cd ".repeat(n / 6)],
  ["minus after minus", (n) => "-".repeat(n)],
  ["a - a - a", (n) => `${"a - ".repeat(n / 4)}a`],
  ["between in between", (n) => `${"a between ".repeat(n / 22)}1${" and 2".repeat(n / 22)}`],
  ["ranges in ranges", (n) => `${"[1..".repeat(n / 5)}1${"]".repeat(n / 5)}`],
  ["a long list", (n) => `[${"1,".repeat(n / 2)}1]`],
  ["a wide context", (n) => `{${times(Math.floor(n / 15), (i) => `k ${i}: k ${i - 1},`)} z: 1}`],
  ["filters", (n) => `a${"[1]".repeat(n / 3)}`],
  ["filters in filters", (n) => "a[".repeat(n / 2)],
  ["calls in calls", (n) => "not(".repeat(n / 4)],
  ["types in types", (n) => `a instance of ${"list<".repeat(n / 5)}`],
  ["a comment without an end", (n) => "/*".repeat(n / 2)],
]

const FORM_TEXT = 1000
const MODEL_TEXT = 10_000

const model = (content: string, head = ""): string =>
  `${head}<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">${content}</definitions>`

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;")

const decision = (text: string): string =>
  model(
    `<inputData id="a" name="a"/><decision id="d" name="d"><informationRequirement><requiredInput href="#a"/></informationRequirement><literalExpression><text>${escaped(text)}</text></literalExpression></decision>`,
  )

/** The fault of the model's text, if any, or of its decision. */
const decided = (xml: string) => () =>
  codeOf(() => {
    const compiled = compileModel(readDmn(xml))
    decide(compiled, "d", new Map<string, Value>([["a", 1]]))
    const [fault] = compiled.faults
    if (fault) throw new FeelError(fault.code as FeelError["code"], fault.from, fault.to)
  })

const parsing: readonly Hostile[] = shapes.flatMap(([name, make]) => [
  feel(name, make(FORM_TEXT).slice(0, FORM_TEXT), honest),
  { name: `${name}, in a model`, codes: honest, end: decided(decision(make(MODEL_TEXT).slice(0, MODEL_TEXT))) },
])

const process = (content: string, head = ""): string =>
  `<?xml version="1.0"?>${head}<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p">${content}</process></definitions>`

const laughs = `<!DOCTYPE d [<!ENTITY e0 "ha">${times(10, (n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`)}]>`
const outside = '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
const tasks = times(100_000, (n) => `<task id="t${n}"/>`)
const inputs = times(100_000, (n) => `<inputData id="i${n}" name="i${n}"/>`)
const flow = (from: string, to: string) => `<sequenceFlow id="${from}${to}" sourceRef="${from}" targetRef="${to}"/>`
const circle = `<startEvent id="s"/><task id="a"/><task id="b"/>${flow("s", "a")}${flow("a", "b")}${flow("b", "a")}`

const readProcess = (name: string, codes: readonly string[], xml: string): Hostile => ({
  name,
  codes,
  end: () => codeOf(() => readBpmn(xml)),
})
const manyDecisions = model(
  times(
    2_999,
    (n) =>
      `<decision id="d${n}" name="d ${n}"><variable name="d ${n}"/><literalExpression><text>${n} + 1</text></literalExpression></decision>`,
  ),
)
const readModel = (name: string, codes: readonly string[], xml: string): Hostile => ({ name, codes, end: decided(xml) })

const documents: readonly Hostile[] = [
  readModel("a model of entities that multiply", ["not-xml"], model("&e10;", laughs)),
  readModel("a model of an entity from a file", ["not-xml"], model("&f;", outside)),
  readModel("a model of 100,000 inputs", ["too-large"], model(inputs)),
  readModel("a model of elements in elements", ["too-large"], model("<context>".repeat(20_000))),
  {
    name: "a model of as many decisions as there may be",
    codes: ["none"],
    end: () => codeOf(() => readDmn(manyDecisions)),
  },
  readModel("a model of attributes", ["too-large"], model(`<x ${times(60_000, (n) => `a${n}="1" `)}/>`)),
  readProcess("a process of entities that multiply", ["not-xml"], process("&e10;", laughs)),
  readProcess("a process of an entity from a file", ["not-xml"], process("&f;", outside)),
  readProcess("a process of 100,000 tasks", ["too-large"], process(tasks)),
  readProcess("a process in a process without an end", ["too-large"], process("<subProcess>".repeat(20_000))),
  readProcess("a process of attributes", ["too-large"], process(`<x ${times(70_000, (n) => `a${n}="1" `)}/>`)),
  readProcess("a task called constructor", ["id-reserved"], process('<task id="constructor"/>')),
  readProcess("a task called __proto__", ["id-reserved"], process('<task id="__proto__"/>')),
  {
    name: "a circle without a wait",
    codes: ["too-many-visits"],
    async end() {
      const ran = begin(await readBpmn(process(circle)), {}, 0)
      return "fault" in ran ? ran.fault.code : "none"
    },
  },
]

/** All of them. */
export const hostile: readonly Hostile[] = [...running, ...parsing, ...documents]

const ROUNDS = 3
const CPU_MS_MAX = 50

/** The processor time of the slowest, the best of some rounds each: what else the machine does is not the matter. */
export async function hostileMeasures(): Promise<Measure[]> {
  let slowest = { name: "", milliseconds: 0 }
  for (const { name, codes, end } of hostile) {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const before = globalThis.process.cpuUsage()
      const code = await end()
      const { user, system } = globalThis.process.cpuUsage(before)
      if (!codes.includes(code)) throw new Error(`${name} ended in ${code}`)
      best = Math.min(best, (user + system) / 1000)
    }
    if (best > slowest.milliseconds) slowest = { name, milliseconds: best }
  }
  const about = `of ${hostile.length}: ${slowest.name}`
  return [{ name: "the slowest hostile definition", value: slowest.milliseconds, unit: "ms", atMost: CPU_MS_MAX, about }]
}
