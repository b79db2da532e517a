// npm run exam:feel -- DIR: runs a folder of the DMN TCK's layout and prints each case that fails, and how many pass.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { type CompiledModel, compileModel, DmnError, decide, type Model, readDmn } from "#engines/dmn"
import { FeelError, parseDateTime, Run, textOf, type Value } from "#engines/feel"
import { sameValue } from "./same-value.ts"
import { readCases, type TckCase } from "./tck-case.ts"

interface Outcome {
  readonly case: string
  readonly passed: boolean
  readonly cannotApply?: string
  readonly detail?: string
}

const files = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })

/** Compiles a model with those of its folder that it imports. */
function compileIn(model: Model, others: readonly Model[], seen: readonly string[] = []): CompiledModel {
  const imports = new Map<string, CompiledModel>()
  for (const { namespace } of model.imports) {
    const other = others.find((one) => one.namespace === namespace)
    if (other && !seen.includes(namespace)) imports.set(namespace, compileIn(other, others, [...seen, namespace]))
  }
  for (const [, one] of imports) for (const [, inner] of one.imports) imports.set(inner.model.namespace, inner)
  return compileModel(model, imports)
}

const external = /kind="(Java|PMML)"|external\s*\{/

const now = parseDateTime("2026-03-09T10:00:00@Asia/Ho_Chi_Minh")!

/** Whether the asked decision reaches a function of Java or PMML, which no engine but Java's can call. */
function reachesExternal(text: string, name: string): boolean {
  const at = text.search(new RegExp(`<(\\w+:)?decision\\b[^>]*name="${name.replace(/[^\w ]/g, "\\$&")}"`))
  if (at < 0) return false
  const end = text.slice(at).search(/<\/(\w+:)?decision>/)
  const own = text.slice(at, at + end)
  return external.test(own) || (/requiredKnowledge/.test(own) && external.test(text))
}

function runCase(one: TckCase, path: string, model: CompiledModel, text: string): Outcome[] {
  return one.results.map((result): Outcome => {
    const name = `${path} ${one.id} ${result.name}`
    const run = new Run()
    const show = (value: Value) => textOf(value, run, true)
    try {
      const { result: actual, warnings } = decide(model, one.invocable ?? result.name, one.inputs, { now })
      const found = pick(actual, one, result.name, model)
      if (sameValue(found, result.expected) || (result.error && found === null)) return { case: name, passed: true }
      if (reachesExternal(text, one.invocable ?? result.name))
        return { case: name, passed: false, cannotApply: "calls Java or PMML" }
      const why = warnings.map(({ code, detail }) => `${code} ${detail ?? ""}`).join("; ")
      return { case: name, passed: false, detail: `expected ${show(result.expected)}, got ${show(found)} [${why}]` }
    } catch (error) {
      if (!(error instanceof DmnError || error instanceof FeelError)) throw error
      return { case: name, passed: result.error, detail: error.message }
    }
  })
}

/** Of a service with several outputs, the asked one. */
function pick(value: Value, one: TckCase, name: string, model: CompiledModel): Value {
  const unit = one.invocable === null ? undefined : model.named(one.invocable)
  const several = unit?.element.kind === "service" && unit.element.outputs.length > 1
  return several && value instanceof Map && value.has(name) ? value.get(name)! : value
}

function runFile(path: string, root: string): Outcome[] {
  const { model: name, cases } = readCases(readFileSync(path, "utf8"))
  const folder = dirname(path)
  const models = readdirSync(folder).filter((one) => one.endsWith(".dmn"))
  const label = relative(root, folder) || basename(folder)
  const texts = new Map(models.map((one) => [one, readFileSync(join(folder, one), "utf8")]))
  const own = texts.get(name) ?? [...texts.values()][0] ?? ""
  try {
    const model = compileIn(readDmn(own), [...texts.values()].map(readDmn))
    return cases.flatMap((one) => runCase(one, label, model, own))
  } catch (error) {
    if (!(error instanceof DmnError)) throw error
    return cases.flatMap((one) =>
      one.results.map((result) => ({ case: `${label} ${one.id} ${result.name}`, passed: false, detail: error.message })),
    )
  }
}

const root = process.argv[2]
if (!root) {
  console.error("Usage: npm run exam:feel -- DIR")
  process.exit(2)
}
const outcomes = files(root)
  .filter((path) => path.endsWith(".xml"))
  .flatMap((path) => runFile(path, root))
const beyond = outcomes.filter(({ cannotApply }) => cannotApply)
const failed = outcomes.filter(({ passed, cannotApply }) => !passed && !cannotApply)
for (const one of beyond) console.log(`can't apply  ${one.case}: ${one.cannotApply}`)
for (const one of failed) console.log(`failed  ${one.case}: ${one.detail}`)
console.log(
  `${outcomes.filter(({ passed }) => passed).length} passed, ${failed.length} failed${beyond.length > 0 ? `, ${beyond.length} can't apply` : ""}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
