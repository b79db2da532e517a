// The reference of audit events is kept true; MOTLAN_WRITE_DOCS=1 writes it anew.
import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { test } from "node:test"
import { auditEvents } from "#audit"

const PATH = resolve(import.meta.dirname, "../../../docs/audit-events.md")

const rows = Object.entries(auditEvents).map(
  ([event, { says, details }]) => `| \`${event}\` | ${says} | ${details.map((d) => `\`${d}\``).join(" ") || "none"} |`,
)
const text = `# Audit events
What the book records. Every entry has the agency in whose book it stands, its number there, the time of the deed, the event, who acted
(account and posts, and for whom a post was held), the pseudonym of the person concerned and the case where there are such, and the details below. No
entry holds a name, a personal number or a text that somebody typed.

Each entry's hash is SHA-256 over 0x02, the hash of the entry before it in the same book, its number (8 bytes) and SHA-256 of its canonical
JSON (RFC 8785) with the members \`agency\`, \`at\`, \`event\`, \`actor\`, \`subject\`, \`caseId\`, \`details\`. \`motlan verify log\` walks the books.

| event | what happened | details |
| --- | --- | --- |
${rows.join("\n")}
`

test("every audit event is documented with its details, and nothing documented is gone", () => {
  if (process.env.MOTLAN_WRITE_DOCS) writeFileSync(PATH, text)
  assert.equal(readFileSync(PATH, "utf8"), text, "docs/audit-events.md is stale: MOTLAN_WRITE_DOCS=1 writes it")
})

test("every event says what it is in words, and names no detail twice", () => {
  for (const [event, { says, details }] of Object.entries(auditEvents)) {
    assert.match(event, /^[a-z]+(-[a-z]+)*$/)
    assert.ok(says.length > 10, event)
    assert.equal(new Set(details).size, details.length, event)
  }
})
