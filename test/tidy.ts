// The rules of the house as functions over a list of files, so that a test of the tests can break each one.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path/posix"
import ts from "typescript-api"
import { layers, modules } from "../src/map.ts"

export interface SourceFile {
  /** Path from the package root, with forward slashes. */
  path: string
  text: string
}

const FUNCTION_LINES_MAX = 70
const FILE_LINES_MAX = 400
const names = Object.keys(modules) as (keyof typeof modules)[]
const doorOf = (door: string) => names.find((name) => door === `#${name}`)

/** Every TypeScript file below the folders, tests included. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path.replaceAll("\\", "/")))
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => ({ path, text: readFileSync(path, "utf8") })),
  )
}

const isTest = (file: SourceFile) => /\.test\.tsx?$/.test(file.path)
const importsOf = (file: SourceFile) => ts.preProcessFile(file.text, true, true).importedFiles.map((i) => i.fileName)
const moduleOf = (path: string) => /^src\/modules\/([^/]+)\//.exec(path)?.[1] as keyof typeof modules | undefined
const layerOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] as keyof typeof layers | undefined

/** Each rule gives a list of sentences, empty when the house is tidy. */
export const rules: Record<string, (files: SourceFile[]) => string[]> = {
  "every module folder is on the map": (files) =>
    [...new Set(files.map((f) => moduleOf(f.path)))]
      .filter((m) => m !== undefined && !names.includes(m))
      .map((m) => `src/modules/${m} is not on the map`),

  "a module opens only the doors that the map allows": (files) =>
    files
      .filter((f) => !isTest(f) && moduleOf(f.path))
      .flatMap((f) => {
        const home = modules[moduleOf(f.path)!]
        return importsOf(f)
          .map(doorOf)
          .filter((door) => door && !(home?.opens as readonly string[] | undefined)?.includes(door))
          .map((door) => `${f.path} opens #${door}`)
      }),

  "no relative import leaves its room": (files) =>
    files
      .filter((f) => !isTest(f))
      .flatMap((f) => {
        const room = roomOf(f.path)
        return importsOf(f)
          .filter((i) => i.startsWith(".") && room && !`${normalize(join(dirname(f.path), i))}/`.startsWith(`${room}/`))
          .map((i) => `${f.path} climbs out with ${i}`)
      }),

  "a layer imports only from the layers below it": (files) =>
    files
      .filter((f) => !isTest(f) && layerOf(f.path) && layers[layerOf(f.path)!])
      .flatMap((f) =>
        importsOf(f)
          .filter((i) => i.startsWith("#") && !(layers[layerOf(f.path)!] as readonly string[]).includes(layerOfImport(i)))
          .map((i) => `${f.path} reaches up to ${i}`),
      ),

  "a door is opened by its name": (files) =>
    files
      .filter((f) => !isTest(f))
      .flatMap((f) =>
        importsOf(f)
          .filter((i) => /^#(platform|engines)\/[^/]+\/.+/.test(i))
          .map((i) => `${f.path} goes round the door with ${i}`),
      ),

  "index.ts is a door and nothing else": (files) =>
    files
      .filter((f) => f.path.endsWith("/index.ts"))
      .filter((f) => !/^src\/(platform|engines|modules)\/[^/]+\/index\.ts$|^src\/country\/index\.ts$/.test(f.path))
      .map((f) => `${f.path} is an index.ts that is no door`),

  "a door names what it shows": (files) =>
    files.filter((f) => /^export \* /m.test(f.text)).map((f) => `${f.path} exports with a star`),

  "SQL stays at home": (files) =>
    files
      .filter((f) => !isTest(f) && f.path.startsWith("src/"))
      .flatMap((f) =>
        names
          .filter((n) => n !== moduleOf(f.path))
          .filter((n) =>
            new RegExp(`\\b(from|join|into|update|table|only)\\s+"?${n.replaceAll("-", "_")}"?\\.`, "i").test(f.text),
          )
          .map((n) => `${f.path} touches the tables of ${n}`),
      ),

  "SQL of a module lives in its store.ts": (files) =>
    files
      .filter((f) => !isTest(f) && moduleOf(f.path) && !/\/store(\.[a-z-]+)?\.ts$|-store\.ts$|\/jobs\.ts$/.test(f.path))
      .filter((f) => /\bsql`/.test(f.text))
      .map((f) => `${f.path} holds SQL`),

  "no word that says nothing names a file": (files) =>
    files
      .filter((f) => /\/(utils?|helpers?|types|common|misc|shared)\.tsx?$/.test(f.path))
      .map((f) => `${f.path} has a name that says nothing`),

  "no module asks the wall for the time": (files) =>
    files
      .filter((f) => !isTest(f) && /^src\/(modules|engines)\//.test(f.path))
      .filter((f) => /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(f.text))
      .map((f) => `${f.path} takes the time or chance from the air`),

  "functions fit a screen": (files) => files.flatMap(longFunctions),

  "files fit a sitting": (files) =>
    files
      .map((f) => ({ f, lines: f.text.split("\n").length }))
      .filter(({ lines }) => lines > FILE_LINES_MAX)
      .map(({ f, lines }) => `${f.path} has ${lines} lines`),
}

/** The map itself: no cycle, and nobody opens a door of their own floor or above. */
export function mapFaults(map: Record<string, { floor: number; opens: readonly string[] }>): string[] {
  return Object.entries(map).flatMap(([name, { floor, opens }]) =>
    opens
      .filter((door) => !(map[door] && map[door].floor < floor) && !(floor === 1 && door === "audit" && name !== "audit"))
      .map((door) => `${name} opens ${door}, which is not below it`),
  )
}

function roomOf(path: string): string | undefined {
  return /^(src\/(?:modules|engines|platform)\/[^/]+|src\/(?:web|country|commands|demo))\//.exec(path)?.[1]
}

function layerOfImport(name: string): string {
  if (doorOf(name)) return "modules"
  if (name.startsWith("#kit/") || name.startsWith("#web/")) return "web"
  return name.slice(1).split("/")[0]!
}

function longFunctions(file: SourceFile): string[] {
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  const lineOf = (at: number) => tree.getLineAndCharacterOfPosition(at).line
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const lines = lineOf(node.end) - lineOf(node.getStart()) + 1
    if (ts.isFunctionLike(node) && lines > FUNCTION_LINES_MAX) found.push(`${file.path}: a function of ${lines} lines`)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}
