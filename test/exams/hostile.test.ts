// Definitions made to harm end in the problem that they deserve; what they cost is measured by `npm run bench engines`.
import assert from "node:assert/strict"
import { test } from "node:test"
import { hostile } from "../../bench/engines-hostile.ts"

for (const { name, codes, end } of hostile)
  test(`a definition with ${name} ends as ${codes.join(" or ")}`, async () => {
    const code = await end()
    assert.ok(codes.includes(code), code)
  })
