// One file of a pack: its data, and where in the text each key and value stands (worked out only when somebody asks).
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parse, parseDocument, YAMLParseError } from "yaml"
import { type Finding, finding, type Place } from "./finding.ts"

/** Bytes of one file of a pack. */
const FILE_BYTES_MAX = 20 * 1024 * 1024
/** Aliases that may be followed in one file: a guard against texts that unfold without end. */
const ALIASES_MAX = 100

export type Keys = readonly (string | number)[]

export interface SourceFile {
  readonly file: string
  readonly data: unknown
  /** The place of the value at `keys`, or of its key; the nearest parent that exists when there is none. */
  at(keys: Keys, part?: "key" | "value"): Place
}

/** Reads a file of the pack. Text that is no YAML or JSON gives findings instead of data. */
export function readSource(dir: string, file: string): SourceFile | readonly Finding[] {
  const bytes = readFileSync(join(dir, file))
  if (bytes.length > FILE_BYTES_MAX) return [finding({ file, line: 1, column: 1 }, "file-too-large", { max: FILE_BYTES_MAX })]
  return readText(file, bytes.toString("utf8"))
}

/** The same of a text that stands in no folder, such as a draft's; a drawing of BPMN or DMN is its own data. */
export function readText(file: string, text: string): SourceFile | readonly Finding[] {
  if (isDrawing(text)) return { file: drawingNamed(file), data: text, at: drawingLocator(file, text) }
  try {
    const data: unknown = file.endsWith(".json") ? JSON.parse(text) : parse(text, { maxAliasCount: ALIASES_MAX })
    return { file, data, at: locator(file, text) }
  } catch (error) {
    return [syntaxFinding(file, text, error)]
  }
}

/** A text of XML, where YAML would begin otherwise. */
export const isDrawing = (text: unknown): text is string => typeof text === "string" && /^\uFEFF?\s*<[?!a-zA-Z]/.test(text)

const drawingNamed = (file: string): string =>
  file.replace(/\brules\.(yaml|json)$/, "rules.dmn").replace(/\.(yaml|json)$/, ".bpmn")

/** The last of the keys is the id of an element. */
function drawingLocator(file: string, text: string): SourceFile["at"] {
  const name = drawingNamed(file)
  return (keys) => {
    const offset = Math.max(0, text.indexOf(`id="${String(keys.at(-1) ?? "")}"`))
    const before = text.slice(0, offset).split("\n")
    return { file: name, line: before.length, column: before.at(-1)!.length + 1 }
  }
}

function syntaxFinding(file: string, text: string, error: unknown): Finding {
  const fault = error instanceof YAMLParseError ? error : parseDocument(text).errors[0]
  const pos = fault?.linePos?.[0] ?? { line: 1, col: 1 }
  const says = (fault ?? (error as Error)).message.split(" at line")[0]!.split("\n")[0]!
  const code = fault?.code === "DUPLICATE_KEY" ? "duplicate-key" : "not-readable"
  return finding({ file, line: pos.line, column: pos.col }, code, { says })
}

function locator(file: string, text: string): SourceFile["at"] {
  let opened: { root: unknown; lines: LineCounter } | undefined
  return (keys, part = "value") => {
    if (!opened) {
      const lines = new LineCounter()
      opened = { root: parseDocument(text, { lineCounter: lines }).contents, lines }
    }
    const offset = offsetOf(opened.root, keys, part)
    const { line, col } = opened.lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

/** Walks down as far as the keys lead. */
function offsetOf(root: unknown, keys: Keys, part: "key" | "value"): number {
  let node = root as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const [i, key] of keys.entries()) {
    const last = i === keys.length - 1
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(key)) as
        | Pair<Node, Node | null>
        | undefined
      if (!pair) return offset
      const place = (last && part === "key") || !pair.value ? pair.key : pair.value
      offset = place.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined
      if (!item) return offset
      offset = item.range?.[0] ?? offset
      node = item
    } else return offset
  }
  return offset
}
