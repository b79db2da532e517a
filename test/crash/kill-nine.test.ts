// The site killed in the middle of its work, three times; `npm run crash` does it twenty times.
import assert from "node:assert/strict"
import { randomInt } from "node:crypto"
import { test } from "node:test"
import { killRounds } from "./rounds.ts"

test("whatever was acknowledged to a mother before a kill -9 is there afterwards, once, and the book's chain holds", async (t) => {
  const seed = randomInt(2 ** 31)
  t.diagnostic(`seed ${seed}`)
  const { sent, codes } = await killRounds({ kills: 3, seed, program: "source", say: (line) => t.diagnostic(line) })
  assert.equal(codes, sent)
})
