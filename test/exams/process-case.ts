// One case of the exam of processes: the model is read, its instances run to rest, and what its scripts left is compared as a multiset.
import { GraphFaults, readBpmn, type Vars } from "#engines/process"
import { Hall } from "./process-hall.ts"

export interface ProcessCase {
  readonly trace: readonly string[]
  readonly input?: string
  readonly int?: number
  /** A second process runs beside the first from the start. */
  readonly parallel?: boolean
}

/** How the models write conditions: expressions of Java, of which these occur. */
const toFeel = (text: string): string =>
  text
    .replace(/^\$\{(.*)\}$/s, "$1")
    .replace(/(\w+)\.contains\("([^"]*)"\)\s*>?/g, 'contains($1, "$2")')
    .replace(/([^=!<>])==([^=])/g, "$1=$2")
    .replace(/!(contains\([^)]*\))/g, "not($1)")
    .replaceAll("nrOf", "numberOf")
    .replaceAll("&&", " and ")
    .replaceAll("||", " or ")

/** A failure in words, or nothing when the case passes. */
export async function play(xml: string, main: string, one: ProcessCase): Promise<string | undefined> {
  const trace = await traceOf(xml, main, one)
  const [found, expected] = [[...trace].sort(), [...one.trace].sort()]
  return same(found, expected) ? undefined : `expected ${expected.join(" ") || "nothing"}, got ${found.join(" ") || "nothing"}`
}

/** A model that is refused, or can't go on, leaves an error of its kind; a case may ask for any kind. */
const same = (found: readonly string[], expected: readonly string[]): boolean => {
  const any = (entry: string) => (/^ERROR_(deployment|runtime|processAborted)$/.test(entry) ? "ERROR_generic" : entry)
  const asked = expected.includes("ERROR_generic") ? found.map(any) : found
  return asked.length === expected.length && asked.every((entry, i) => entry === expected[i])
}

/** The words that stand in the expressions of a model: any may be the name of data. */
function wordsIn(xml: string): string[] {
  const expressions = xml.matchAll(/(?:ondition|Expression|Cardinality|from|to)(?:\s[^>]*)?>([^<]+)</g)
  const words = [...expressions].flatMap(([, text]) => text!.match(/[A-Za-z_]\w*/g) ?? [])
  return [...new Set(words)].filter((word) => !KEYWORDS.has(word))
}

const KEYWORDS = new Set(["true", "false", "null", "and", "or", "not", "contains", "test", "integerVariable"])

async function traceOf(xml: string, name: string, one: ProcessCase): Promise<readonly string[]> {
  const vars: Vars = { test: one.input ?? "", integerVariable: one.int ?? 0 }
  try {
    const graph = await readBpmn(xml, { names: [...Object.keys(vars), ...wordsIn(xml)], scripts: "outside", translate: toFeel })
    const main = graph.processes.has(name) ? name : graph.main
    const hall = new Hall(graph, vars)
    if (one.parallel) for (const other of graph.processes.keys()) if (other !== main) hall.start(other)
    hall.start(main)
    hall.run()
    return hall.trace
  } catch (error) {
    if (!(error instanceof GraphFaults)) throw error
    return ["ERROR_deployment"]
  }
}
