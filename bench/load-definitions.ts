// Compiles the rules and fee tables of as many services as its argument says, in a process of its own, and tells what they weigh.
import { compileModel, decide, readDmn } from "#engines/dmn"
import { compileFeel, type Value } from "#engines/feel"
import { feeModel } from "./fee-model.ts"

const count = Number(process.argv[2])
const names = ["age", "residence", "income", "base", "children", "married", "months"]
const megabytes = (bytes: number) => bytes / 1024 / 1024

/** One service: three conditions and a fee table of eight rows with limits and fees of its own, decided once. */
function definition(number: number) {
  const rules = [
    `age >= ${number} and residence = "X" and income <= 3.5 * base`,
    `if married = true then children < ${number} else months > 6`,
    `count([age, months][item > ${number}]) > 1`,
  ].map((text) => compileFeel(text, names))
  const model = compileModel(readDmn(feeModel(8, 1000 + number)))
  const inputs = new Map<string, Value>(Object.entries({ age: 3, kind: "poor" }))
  if (decide(model, "fee", inputs).result !== 1000 + number) throw new Error("the table doesn't decide as it should")
  return { rules, model }
}

const before = process.cpuUsage()
const kept = Array.from({ length: count }, (_, number) => definition(number))
const { user, system } = process.cpuUsage(before)
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined)
collect()
const { rss, heapUsed } = process.memoryUsage()
console.log(
  JSON.stringify({ rss: megabytes(rss), heap: megabytes(heapUsed), seconds: (user + system) / 1e6, count: kept.length }),
)
