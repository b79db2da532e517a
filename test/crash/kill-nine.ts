// `npm run crash [-- --kills 20 --seed N]`: kills the site at random moments of a load of submissions and looks whether anything is lost.
// With `--line` it kills two sites, of a line between them, under a load of exchanges, and looks whether all that was answered is proven.
import { randomInt } from "node:crypto"
import { parseArgs } from "node:util"
import { killLineRounds } from "./line-kill.ts"
import { killRounds } from "./rounds.ts"
import { build } from "./site-process.ts"

const { values } = parseArgs({
  options: { line: { type: "boolean" }, kills: { type: "string" }, seed: { type: "string" } },
})
const kills = Number(values.kills ?? (values.line ? 50 : 20))
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const which = values.line ? "--line " : ""

console.log(`seed ${seed}: npm run crash -- ${which}--kills ${kills} --seed ${seed} takes the same moments and victims`)
try {
  console.log(values.line ? await killLine() : await killSite())
} catch (error) {
  console.error(`\nseed ${seed}: ${(error as Error).message}`)
  process.exitCode = 1
}

async function killSite(): Promise<string> {
  build()
  const { sent, codes } = await killRounds({ kills, seed, program: "built", say: console.log })
  return `\n${kills} kills: ${sent} submissions, ${codes} codes; each is there once, and every chain of the book holds.`
}

async function killLine(): Promise<string> {
  const { answered, unanswered, records } = await killLineRounds({ kills, seed, say: console.log })
  return `\n${kills} kills: ${answered} exchanges answered, ${unanswered} not; each answered one is proven by both sites, and both logs with their ${records} records hold.`
}
