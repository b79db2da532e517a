// `npm run crash [-- --kills 20 --seed N]`: kills the site at random moments of a load of submissions and looks whether anything is lost.
import { randomInt } from "node:crypto"
import { parseArgs } from "node:util"
import { killRounds } from "./rounds.ts"
import { build } from "./site-process.ts"

const { values } = parseArgs({ options: { kills: { type: "string", default: "20" }, seed: { type: "string" } } })
const kills = Number(values.kills)
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)

console.log(`seed ${seed}: npm run crash -- --kills ${kills} --seed ${seed} takes the same moments and victims`)
build()
try {
  const { sent, codes } = await killRounds({ kills, seed, program: "built", say: console.log })
  console.log(`\n${kills} kills: ${sent} submissions, ${codes} codes; each is there once, and every chain of the book holds.`)
} catch (error) {
  console.error(`\nseed ${seed}: ${(error as Error).message}`)
  process.exitCode = 1
}
