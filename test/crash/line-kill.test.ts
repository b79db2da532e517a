// Two sites of the line killed in the middle of exchanges, three times; `npm run crash -- --line` does it fifty times.
import assert from "node:assert/strict"
import { randomInt } from "node:crypto"
import { test } from "node:test"
import { killLineRounds } from "./line-kill.ts"

test("whatever a client was answered before a kill -9 of either site, both sites prove afterwards, and their logs hold", async (t) => {
  const seed = randomInt(2 ** 31)
  t.diagnostic(`seed ${seed}`)
  const { answered, records } = await killLineRounds({ kills: 3, seed, say: (line) => t.diagnostic(line) })
  // Two of its own for each, and a receipt at each site for what came together.
  assert.ok(answered > 0 && records > 2 * answered)
})
