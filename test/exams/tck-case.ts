// Cases of the DMN TCK's layout from their XML: what is given, what is asked and what must come out.
import { SaxesParser } from "saxes"
import { parseDate, parseDateTime, parseDuration, parseNumber, parseTime, type Value } from "#engines/feel"

interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
  text: string
}

export interface TckCase {
  readonly id: string
  readonly invocable: string | null
  readonly inputs: ReadonlyMap<string, Value>
  readonly results: readonly { readonly name: string; readonly error: boolean; readonly expected: Value }[]
}

export interface TckFile {
  readonly model: string
  readonly cases: readonly TckCase[]
}

/** The cases of one file. */
export function readCases(text: string): TckFile {
  const root = tree(text)
  return {
    model: root.children.find(({ name }) => name === "modelName")?.text.trim() ?? "",
    cases: named(root, "testCase").map((one) => ({
      id: one.attributes.id ?? one.attributes.name ?? "",
      invocable: one.attributes.invocableName ?? null,
      inputs: new Map(named(one, "inputNode").map((node) => [plain(node.attributes.name ?? ""), readValue(node)])),
      results: named(one, "resultNode").map((node) => ({
        name: plain(node.attributes.name ?? ""),
        error: node.attributes.errorResult === "true",
        expected: readValue(named(node, "expected")[0]),
      })),
    })),
  }
}

const plain = (name: string) => name.normalize("NFC").replace(/\s+/g, " ").trim()
const named = (node: Node | undefined, name: string): Node[] => node?.children.filter((child) => child.name === name) ?? []

function tree(text: string): Node {
  const parser = new SaxesParser({ xmlns: true })
  const open: Node[] = [{ name: "", attributes: {}, children: [], text: "" }]
  parser.on("opentag", ({ local, attributes }) => {
    const node: Node = {
      name: local,
      attributes: Object.fromEntries(Object.values(attributes).map((one) => [one.local, one.value])),
      children: [],
      text: "",
    }
    open.at(-1)!.children.push(node)
    open.push(node)
  })
  const onText = (piece: string) => {
    open.at(-1)!.text += piece
  }
  parser.on("text", onText)
  parser.on("cdata", onText)
  parser.on("closetag", () => void open.pop())
  parser.write(text).close()
  return open[0]!.children[0]!
}

/** What stands inside an input, an expectation, an item or a component. */
function readValue(node: Node | undefined): Value {
  if (!node) return null
  const components = named(node, "component")
  if (components.length > 0) return new Map(components.map((part) => [plain(part.attributes.name ?? ""), readValue(part)]))
  const [list] = named(node, "list")
  if (list) return named(list, "item").map(readValue)
  const [value] = named(node, "value")
  return value ? simple(value) : null
}

const readers: Readonly<Record<string, (text: string) => Value>> = {
  string: (text) => text,
  boolean: (text) => text.trim() === "true" || text.trim() === "1",
  date: (text) => parseDate(text.trim()),
  time: (text) => parseTime(text.trim()),
  dateTime: (text) => parseDateTime(text.trim()),
  duration: (text) => parseDuration(text.trim()),
}

function simple(node: Node): Value {
  if (node.attributes.nil === "true") return null
  const type = node.attributes.type?.replace(/^.*:/, "")
  if (type === undefined) return node.text
  const read = readers[type]
  return read ? read(node.text) : parseNumber(node.text.trim())
}
