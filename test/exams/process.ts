// npm run exam:process -- DIR: runs a folder with cases.json and models, and prints each case that fails, and how many processes pass.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type ProcessCase, play } from "./process-case.ts"

interface Exam {
  readonly name: string
  readonly file: string
  readonly cases: readonly ProcessCase[]
}

const root = process.argv[2]
if (!root) {
  console.error("Usage: npm run exam:process -- DIR")
  process.exit(2)
}
const exams = JSON.parse(readFileSync(join(root, "cases.json"), "utf8")) as Exam[]
const failures: string[] = []
let passed = 0
for (const exam of exams) {
  const xml = readFileSync(join(root, exam.file), "utf8")
  let all = true
  for (const one of exam.cases) {
    const problem = await play(xml, exam.name, one)
    if (problem === undefined) continue
    all = false
    const { trace: _, ...given } = one
    failures.push(`failed  ${exam.name} ${JSON.stringify(given)}: ${problem}`)
  }
  if (all) passed++
}
for (const line of failures) console.log(line)
console.log(`${passed} passed, ${exams.length - passed} failed`)
process.exitCode = passed === exams.length ? 0 : 1
