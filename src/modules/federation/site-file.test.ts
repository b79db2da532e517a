// site.yaml: read with every fault in its place, written without losing a word of it.
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { findSiteFile, readSiteFile, SiteFileFaults, writeJoined, writeSiteFile } from "#federation"
import { COMMUNE, HUB, MINISTRY } from "../../../test/federation/three-sites.ts"

const dir = mkdtempSync(join(tmpdir(), "motlan-site-"))
after(() => rmSync(dir, { recursive: true, force: true }))
const path = join(dir, "site.yaml")

const GOOD = `# The commune's own site
instance: XX
site: commune
name: Commune One
role: joined
line: 127.0.0.1:5502
face: https://commune.example
members:
  - class: GOV
    code: C1
    name: Commune One # the small one
    subsystems:
      - { code: desk, name: Desk }
`

const faultsOf = (text: string): string[] => {
  writeFileSync(path, text)
  try {
    readSiteFile(path)
    return []
  } catch (error) {
    assert.ok(error instanceof SiteFileFaults)
    for (const { words, mend } of error.findings) assert.ok(words.vi && words.en && mend.vi && mend.en)
    return error.findings.map(({ file, line, code }) => `${file}:${line} ${code}`)
  }
}

test("a good file is read, and none at all means a site that is alone", () => {
  assert.equal(findSiteFile(dir), undefined)
  assert.throws(() => findSiteFile(dir, join(dir, "other.yaml")), /there is no file/)
  assert.deepEqual(faultsOf(GOOD), [])
  assert.equal(findSiteFile(dir), path)
  assert.equal(readSiteFile(path).members?.[0]?.subsystems?.[0]?.code, "desk")
})

const mistakes: [string, string, string, string][] = [
  ["a key that is misspelt", "role: joined", "rolle: joined", "site.yaml:2 key-missing"],
  ["a role that there is not", "role: joined", "role: boss", "site.yaml:5 not-one-of"],
  ["an address without a port", "127.0.0.1:5502", "127.0.0.1", "site.yaml:6 wrong-value"],
  ["a face with a path", "https://commune.example", "https://commune.example/x", "site.yaml:7 wrong-value"],
  ["a code with a slash", "code: C1", "code: C/1", "site.yaml:10 wrong-value"],
  ["a code that YAML reads as a number", "code: C1", "code: 101", "site.yaml:10 wrong-type"],
  [
    "a subsystem named twice",
    "- { code: desk, name: Desk }",
    "- { code: desk, name: D }\n      - { code: desk, name: E }",
    "site.yaml:14 named-twice",
  ],
  [
    "a token whose PIN stands nowhere",
    "role: joined",
    "role: joined\nseal: { pkcs11: { module: /x.so, token: t, pin: {} } }",
    "site.yaml:6 pin-not-told",
  ],
  [
    "a security server over https without certificates",
    "role: joined",
    "role: joined\nroad: { kind: security-server, instance: X, url: 'https://ss' }",
    "site.yaml:6 road-in-the-clear",
  ],
  ["groups, which are the hub's", "role: joined", "role: joined\ngroups: []", "site.yaml:6 only-of-a-hub"],
  [
    "a hub that joins",
    "role: joined",
    `role: hub\nhub: { address: "http://a", key: ${"A".repeat(43)} }`,
    "site.yaml:6 hub-of-a-hub",
  ],
  ["no YAML", "instance: XX", "instance: [XX", "site.yaml:3 not-readable"],
]
for (const [what, from, to, expected] of mistakes)
  test(`${what} is told with its line`, () => {
    const found = faultsOf(GOOD.replace(from, to))
    assert.ok(found.includes(expected), found.join("; "))
  })

test("a service of a subsystem that the site has not is told with its line", () => {
  const services = "services:\n  - { subsystem: GOV/C1/other, code: x, name: X, type: REST }\n"
  assert.deepEqual(faultsOf(GOOD + services), ["site.yaml:15 subsystem-unknown"])
})

test("agencies work under a subsystem of the site, each once; systems come by a port or an address", () => {
  const good = "systems: 8135\nagencies:\n  - { id: commune-one, subsystem: GOV/C1/desk }\n"
  assert.deepEqual(faultsOf(GOOD + good), [])
  assert.deepEqual(faultsOf(GOOD + good.replace("8135", "127.0.0.1:8135")), [])
  assert.equal(faultsOf(GOOD + good.replace("8135", "81350")).length > 0, true)
  assert.deepEqual(faultsOf(GOOD + good.replace("C1/desk", "C1/other")), ["site.yaml:16 subsystem-unknown"])
  assert.deepEqual(faultsOf(`${GOOD}${good}  - { id: commune-one, subsystem: GOV/C1/desk }\n`), ["site.yaml:17 named-twice"])
})

test("clients that must come over TLS are the site's own, and there is an address for them", () => {
  const tls = 'systemsTls: "127.0.0.1:8443"\nerrors: snake\nlisten: 0.0.0.0:5500\n'
  const clients = "clients:\n  - { client: GOV/C1 }\n  - { client: GOV/C1/desk, certificates: [desk.pem] }\n"
  assert.deepEqual(faultsOf(GOOD + tls + clients), [])
  assert.match(faultsOf(GOOD + clients).join(), /^site\.yaml:\d+ clients-without-tls$/)
  assert.match(faultsOf(GOOD + tls + clients.replace("C1/desk", "C1/other")).join(), /^site\.yaml:\d+ client-unknown$/)
  assert.match(faultsOf(GOOD + tls + clients.replace("C1/desk, certificates: [desk.pem]", "C1")).join(), /named-twice$/)
  assert.equal(faultsOf(`${GOOD}errors: loud\n`).length, 1)
})

test("a service has the address of the system behind it", () => {
  const service = (url: string) => `services:\n  - { subsystem: GOV/C1/desk, code: x, name: X, type: REST, url: "${url}" }\n`
  assert.deepEqual(faultsOf(GOOD + service("http://127.0.0.1:9000/base")), [])
  for (const url of ["ftp://x", "http://a?b", "http://u:p@a/", ""]) assert.notDeepEqual(faultsOf(GOOD + service(url)), [])
})

test("joining adds the hub and what it has granted, and keeps comments and all else", () => {
  writeFileSync(path, GOOD)
  const hub = { address: "https://hub.example", key: "A".repeat(43) }
  const granted = [
    { class: "GOV", code: "C1", name: "Another name" },
    { class: "GOV", code: "C2", name: "Commune Two", subsystems: ["desk"] },
  ]
  writeJoined(path, hub, granted)
  writeJoined(path, hub, granted)
  const text = readFileSync(path, "utf8")
  assert.match(text, /# The commune's own site/)
  assert.match(text, /name: Commune One # the small one/)
  const file = readSiteFile(path)
  assert.deepEqual(file.hub, hub)
  assert.deepEqual(
    file.members?.map(({ code, name }) => [code, name]),
    [
      ["C1", "Commune One"],
      ["C2", "Commune Two"],
    ],
  )
})

test("a written file is read as it was", () => {
  for (const file of [HUB, MINISTRY, COMMUNE]) {
    writeSiteFile(path, file)
    assert.deepEqual(readSiteFile(path), file)
  }
})
