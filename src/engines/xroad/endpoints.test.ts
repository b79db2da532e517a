// What a right covers: globs, methods, and paths that try to be two things at once.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { compileEndpoints, compileGlob, matchablePath, WHOLE_SERVICE } from "./index.ts"

const matches = (glob: string, path: string) => compileGlob(glob)(path)

test("a star is anything but a slash, two are anything, a backslash makes a star plain", () => {
  const cases: [string, string, boolean][] = [
    ["**", "", true],
    ["**", "/a/b/c", true],
    ["***", "what/ever/*", true],
    ["", "", true],
    ["", " ", false],
    ["/pets", "/pets", true],
    ["/pets", "/pets/1", false],
    ["/pets", "a/pets", false],
    ["/pets/*", "/pets/1", true],
    ["/pets/*", "/pets/", true],
    ["/pets/*", "/pets/1/2", false],
    ["/pets/*/photo", "/pets/1/photo", true],
    ["/pets/*/photo", "/pets/1/2/photo", false],
    ["/*/", "/a/", true],
    ["/*/", "/a/b/", false],
    ["/pets/**", "/pets/1/2/3", true],
    ["/pets/**", "/pet", false],
    ["**/bar/**", "a/b/bar/c", true],
    ["**/bar/**", "a/b/baz/c", false],
    ["**/*/**", "a/b/c", true],
    ["**/*/**", "//", true],
    ["**/*/**", "a/b", false],
    ["/a*b*c", "/aXbYbZc", true],
    ["/a*b*c", "/aXbY/Zc", false],
    [".^$+{[]|()", ".^$+{[]|()", true],
    ["\\*", "*", true],
    ["\\*", "a", false],
    ["\\*", "\\*", false],
    ["**\\*", "/what/ever*", true],
    ["**\\*", "/what/ever!", false],
    ["\\\\", "\\", true],
    ["\\A", "\\A", true],
    ["aa\\", "aa\\", true],
  ]
  for (const [glob, path, expected] of cases) assert.equal(matches(glob, path), expected, `${glob} for ${path}`)
})

test("globs match as the plain reading of them does", () => {
  const glob = fc.array(fc.constantFrom("a", "b", "/", "*", "**", "\\*"), { maxLength: 8 }).map((parts) => parts.join(""))
  const path = fc.array(fc.constantFrom("a", "b", "/", "*"), { maxLength: 10 }).map((parts) => parts.join(""))
  fc.assert(
    fc.property(glob, path, (g, p) => {
      const pattern = g.replace(/\\\*|\*\*+|\*/g, (token) => (token === "\\*" ? "\\*" : token === "*" ? "[^/]*" : ".*"))
      assert.equal(matches(g, p), new RegExp(`^${pattern}$`).test(p))
    }),
    { numRuns: 3_000 },
  )
})

test("a path is decoded once and tidied before it is matched", () => {
  for (const [raw, path] of [
    ["", ""],
    ["/", "/"],
    ["/a//b", "/a/b"],
    ["/a/./b", "/a/b"],
    ["/a/././/b/", "/a/b/"],
    ["/a/.", "/a/"],
    ["/a/%2e/b", "/a/b"],
    ["/a%2Fb", "/a/b"],
    ["/s%E1%BB%95", "/sổ"],
    ["/100%25", "/100%"],
    ["/a..b/...", "/a..b/..."],
    ["/.well-known/x", "/.well-known/x"],
    ["/v1.2/a..", "/v1.2/a.."],
  ] as const)
    assert.equal(matchablePath(raw), path, raw)
})

const stepsUp = [
  ..."/.. /../x /a/.. /a/../b /a/../../b /%2e%2e/b /a/%2e%2e/b /a/%2E%2e/b /a/.%2e/b /a/..%2fb /a/..%2Fb /a%2f..%2fb".split(" "),
  ..."/a/%252e%252e/b /a/%252e%252e%252fb /a/..%252fb /a/%25252e%25252e/b /a/%25%32%65%252e/b /a/..%5cb /a/..%255cb".split(" "),
  ..."/a%5c..%5cb /a/..;/b /a/..;x=1/b /a/%2e%2e;/b /a/%c0%ae%c0%ae/b /a/%25c0%25ae./b /a/%u002e%u002e/b".split(" "),
  ..."/a/%ef%bc%8e%ef%bc%8e/b /a/%e2%80%a5/b /a/%25zz/%252e%252e/b /a/%20..%20/b //../b /./../b /a//..//b".split(" "),
  ..."/a%00 /a%2500/b /a%0a /a/%0d%0a /a/%25252525252525252e/b /a/%zz /a/% /%ff".split(" "),
]

test("no right covers a path that could step up, however it is written, not even the right to the whole service", () => {
  const rights = compileEndpoints([WHOLE_SERVICE, { method: "*", path: "/**" }, { method: "GET", path: "/a/**" }])
  for (const raw of stepsUp) {
    assert.equal(matchablePath(raw), undefined, raw)
    assert.equal(rights.allows("GET", raw), false, raw)
  }
})

test("whatever is put around and encoded over a step up, it is never covered", () => {
  const hex = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("")
  const dots = fc.constantFrom("..", "%2e%2e", "%2E.", ".%2e", hex(".."))
  const slash = fc.constantFrom("/", "%2f", "%2F", "%5c", "//", "/./")
  const noise = fc.stringMatching(/^[a-z0-9._~-]{0,8}$/)
  const layers = fc.integer({ min: 0, max: 6 })
  const rights = compileEndpoints([WHOLE_SERVICE, { method: "GET", path: "/public/**" }, { method: "GET", path: "/public/*" }])
  fc.assert(
    fc.property(noise, slash, dots, slash, noise, layers, (before, left, up, right, after, times) => {
      let step = left + up + right
      for (let i = 0; i < times; i++) step = step.replaceAll("%", "%25")
      const raw = `/public/${before}${step}${after}`
      assert.equal(rights.allows("GET", raw), false, raw)
    }),
    { numRuns: 1_000 },
  )
})

test("what is matched has no step up and no doubled slash, and is found again by its own encoding", () => {
  fc.assert(
    fc.property(fc.webPath({ size: "medium" }), (raw) => {
      const path = matchablePath(raw)
      if (path === undefined) return
      assert.doesNotMatch(path, /(^|\/)\.\.(\/|$)|\/\/|\/\.\//)
      const again = matchablePath(path.split("/").map(encodeURIComponent).join("/"))
      assert.ok(again === path || again === undefined)
    }),
  )
})

test("a right is for its method and path, `*` is every method, the first endpoint that covers the call is named", () => {
  const rights = compileEndpoints([
    { method: "GET", path: "/pets/*", contract: "c1" },
    { method: "*", path: "/pets/**", contract: "c2" },
    { method: "POST", path: "/pets", contract: "c3" },
  ])
  assert.equal(rights.find("GET", "/pets/1")?.contract, "c1")
  assert.equal(rights.find("DELETE", "/pets/1")?.contract, "c2")
  assert.equal(rights.find("GET", "/pets/1%2F2")?.contract, "c2")
  assert.equal(rights.find("POST", "/pets")?.contract, "c3")
  assert.equal(rights.allows("GET", "/pets"), false)
  assert.equal(rights.allows("get", "/pets"), false)
  assert.equal(compileEndpoints([{ method: "GET", path: "/a" }]).allows("HEAD", "/a"), false)
  assert.equal(compileEndpoints([{ method: "GET", path: "/a" }]).allows("*", "/a"), false)
  assert.equal(compileEndpoints([]).allows("GET", "/a"), false)
  assert.equal(compileEndpoints([WHOLE_SERVICE]).allows("TRACE", ""), true)
})

test("rights beyond their limits are refused when they are compiled", () => {
  assert.throws(() => compileEndpoints([{ method: "get", path: "/" }]), RangeError)
  assert.throws(() => compileEndpoints([{ method: "GET", path: "*".repeat(1_025) }]), RangeError)
  assert.throws(() => compileEndpoints(Array.from({ length: 10_001 }, () => WHOLE_SERVICE)), RangeError)
})

test("a glob made to be slow is not slow, and still right", () => {
  const started = process.cpuUsage()
  for (const star of ["*", "**"]) {
    const slow = compileGlob(`**${`${star}a`.repeat(300)}${star}b`)
    assert.equal(slow("a".repeat(5_000)), false)
    assert.equal(slow(`${"a".repeat(5_000)}b`), true)
  }
  assert.equal(compileGlob(`**/${"*a".repeat(100)}/**b`)(`/${"a".repeat(5_000)}/${"a".repeat(5_000)}/c`), false)
  assert.ok(process.cpuUsage(started).user < 2_000_000)
})

test("a thousand calls against a hundred endpoints take less than a second of the processor", () => {
  const rights = compileEndpoints(Array.from({ length: 100 }, (_, i) => ({ method: "GET", path: `/register-${i}/*/records/**` })))
  const started = process.cpuUsage()
  for (let i = 0; i < 1_000; i++) assert.ok(rights.allows("GET", `/register-${i % 100}/901196000123/records/2026/03`))
  assert.ok(process.cpuUsage(started).user < 1_000_000)
})
