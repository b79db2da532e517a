// A REST call on its way: address, headers out and back, hash.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import fc from "fast-check"
import {
  faceOf,
  joinServiceUrl,
  messageHeaders,
  newBodyDigest,
  newMessageId,
  parseClientId,
  parseId,
  parseRestTarget,
  printId,
  providerHeaders,
  REST_METHODS,
  type Reading,
  readRequestHeaders,
  requestHash,
  requestHeadBytes,
  responseHeaders,
  SKIPPED_HEADERS,
} from "./index.ts"

const taken = <T>(reading: Reading<T>): T => {
  assert.ok(reading.ok, reading.ok ? "" : reading.message)
  return reading.value
}
const codeOf = (reading: Reading<unknown>): string | undefined => (reading.ok ? undefined : reading.code)

const target = (url: string) => taken(parseRestTarget(url))
const desk = taken(parseClientId("VN/GOV/900101/desk"))
const person = taken(parseId("SERVICE", "VN/GOV/900100/population/person"))

test("every request has one face to answer it", () => {
  assert.equal(faceOf("GET", "/r1/VN/GOV/1/a/b"), "rest")
  assert.equal(faceOf("POST", "/r1/"), "rest")
  assert.equal(faceOf("GET", "/listClients?xRoadInstance=VN"), "listClients")
  assert.equal(faceOf("GET", "/asic?queryId=1"), "asic")
  assert.equal(faceOf("GET", "/verificationconf"), "verificationconf")
  for (const [method, url] of [
    ["POST", "/"],
    ["GET", "/foo"],
    ["POST", "/listClients"],
    ["GET", "/r2/VN/GOV/1/a/b"],
    ["GET", "/r1"],
  ] as const)
    assert.equal(faceOf(method, url), "soap", `${method} ${url}`)
})

test("the address names the service; path and query stay as they came", () => {
  const read = target("/r1/EE/BUSINESS/producer/s%2Fub/%C3%B6/path%3B/?q=%2F&q=2?")
  assert.deepEqual(read.service, {
    type: "SERVICE",
    instance: "EE",
    memberClass: "BUSINESS",
    memberCode: "producer",
    subsystem: "s/ub",
    service: "ö",
  })
  assert.equal(read.path, "/path%3B/")
  assert.equal(read.query, "q=%2F&q=2?")
  assert.equal(read.requestPath, "/r1/EE/BUSINESS/producer/s%2Fub/%C3%B6/path%3B/")
})

test("no path, a slash, and a bare question mark are three different things", () => {
  assert.deepEqual([target("/r1/V/G/1/s/x").path, target("/r1/V/G/1/s/x").query], ["", undefined])
  assert.equal(target("/r1/V/G/1/s/x/").path, "/")
  assert.deepEqual([target("/r1/V/G/1/s/x?").path, target("/r1/V/G/1/s/x?").query], ["", ""])
  assert.equal(target("/r1/V/G/1/s/x//a/./b").path, "//a/./b")
})

test("an address with too little, of another version, or with what no request line holds is refused as X-Road does", () => {
  for (const url of [
    "/r1/VN/GOV/900100/person",
    "/r1/",
    "/r0/V/G/1/s/x",
    "/r1/V/G//s/x",
    "/r1/V/G/1/s/",
    "/r1/V/G/1/s/%ff",
    "/r1/V/G/1/s/x/a b",
    "/r1/V/G/1/s/x/a\\..\\b",
    "/r1/V/G/1/s/x#y",
    "http://host/r1/V/G/1/s/x",
    `/r1/V/G/1/s/x/${"a".repeat(20_000)}`,
  ])
    assert.equal(codeOf(parseRestTarget(url)), "InternalError", url.slice(0, 60))
})

test("the path is joined to the service's address without doubling the slash", () => {
  for (const [base, path, joined] of [
    ["http://pets.example/api", "/cats/1", "/api/cats/1"],
    ["http://pets.example/api/", "/cats/1", "/api/cats/1"],
    ["http://pets.example/api/", "", "/api/"],
    ["http://pets.example/api", "/", "/api/"],
    ["http://pets.example", "", "/"],
    ["http://pets.example/", "/", "/"],
    ["http://pets.example/api", "//x/%2e%2e/", "/api//x/%2e%2e/"],
  ] as const)
    assert.deepEqual(joinServiceUrl(base, path), { origin: "http://pets.example", path: joined })
  assert.equal(joinServiceUrl("https://h:8443/a", "/b", "q=a b&&").path, "/a/b?q=a b&&")
  assert.equal(joinServiceUrl("https://h:8443/a", "", "").path, "/a?")
  for (const bad of ["ftp://h/", "https://u:p@h/", "https://h/?a=1", "https://h/#a", "nothing"])
    assert.throws(() => joinServiceUrl(bad, "/"), TypeError, bad)
})

test("the eight verbs of the protocol", () => {
  assert.deepEqual([...REST_METHODS].sort(), ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"])
})

test("of several X-Road-Client headers the last one counts", () => {
  const read = taken(readRequestHeaders(["X-Road-Client", "VN/GOV/1/a", "x-road-client", "VN/GOV/2/b"]))
  assert.equal(printId(read.client), "VN/GOV/2/b")
})

test("a missing client has a code of its own, everything malformed is an internal error", () => {
  assert.equal(codeOf(readRequestHeaders([])), "InvalidClientIdentifier")
  assert.equal(codeOf(readRequestHeaders(["X-Road-Client", " "])), "InvalidClientIdentifier")
  for (const [name, value] of [
    ["X-Road-Client", "VN/GOV"],
    ["X-Road-Client", "VN/GOV/1/a/b"],
    ["X-Road-Security-Server", "VN/GOV/900100"],
    ["X-Road-Security-Server", "VN/GOV/900100/ss1/x"],
    ["X-Road-Represented-Party", "a/b/c"],
    ["X-Road-Represented-Party", ""],
    ["X-Road-Id", "i".repeat(256)],
    ["X-Road-UserId", "u".repeat(1_025)],
  ] as const) {
    assert.equal(codeOf(readRequestHeaders(["X-Road-Client", "VN/GOV/1/a", name, value])), "InternalError", `${name}: ${value}`)
  }
})

test("all other headers of the protocol are read", () => {
  const read = taken(
    readRequestHeaders([
      ...["X-ROAD-CLIENT", "VN/GOV/900101"],
      ...["X-Road-Id", " abc-1 "],
      ...["X-Road-UserId", "VN901196000123"],
      ...["X-Road-Issue", "HS-2026-1"],
      ...["X-Road-Represented-Party", "COM/c%2Fo"],
      ...["X-Road-Security-Server", "VN/GOV/900100/ss1"],
    ]),
  )
  assert.equal(read.id, "abc-1")
  assert.equal(read.userId, "VN901196000123")
  assert.equal(read.issue, "HS-2026-1")
  assert.deepEqual(read.representedParty, { partyClass: "COM", partyCode: "c/o" })
  assert.equal(read.securityServer?.server, "ss1")
  const code = taken(readRequestHeaders(["X-Road-Client", "V/G/1", "X-Road-Represented-Party", "c1"]))
  assert.deepEqual(code.representedParty, { partyCode: "c1" })
  assert.equal(code.id, undefined)
})

const arrived = [
  ...["Host", "node.example", "User-Agent", "curl", "Connection", "keep-alive", "Keep-Alive", "5", "TE", "trailers"],
  ...["Trailer", "X", "Transfer-Encoding", "chunked", "Upgrade", "h2c", "Expect", "100-continue", "Content-Length", "3"],
  ...["Proxy-Authenticate", "a", "Proxy-Authorization", "b", "Server", "c"],
  ...["X-Road-Client", "VN/GOV/900101/desk", "Cookie", "a=1", "cookie", "b=2", "Authorization", "Bearer x"],
  ...["X-Road-Request-Id", "chosen", "X-Road-Request-Hash", "chosen", "X-Road-Other", "kept", "Content-Type", "a/b; c=d"],
  ...["Accept", "*/*", "Cache-Control", "no-cache", "X-Road-UserId", "VN901196000123"],
]
const names = (raw: readonly string[]) => raw.filter((_, i) => i % 2 === 0)

test("what belongs to a connection is stripped, what a client can't choose is dropped, the rest passes in order with its doubles", () => {
  const message = messageHeaders(arrived, { id: "VN-1", requestId: "r-1" })
  assert.deepEqual(message, [
    ...["X-Road-Client", "VN/GOV/900101/desk", "Cookie", "a=1", "cookie", "b=2", "Authorization", "Bearer x"],
    ...["X-Road-Other", "kept", "Content-Type", "a/b; c=d", "Accept", "*/*", "Cache-Control", "no-cache"],
    ...["X-Road-UserId", "VN901196000123", "x-road-id", "VN-1", "x-road-request-id", "r-1"],
  ])
  assert.equal(SKIPPED_HEADERS.size, 13)
  assert.equal(messageHeaders(["X-Road-Id", "mine"], { requestId: "r" }).join(), "X-Road-Id,mine,x-road-request-id,r")
  assert.equal(newMessageId("VN", "0d3f"), "VN-0d3f")
})

test("the provider gets the client's headers and those of this exchange, each once", () => {
  const message = messageHeaders(arrived, { id: "VN-1", requestId: "r-1" })
  const sent = providerHeaders(message, { id: "VN-1", client: desk, requestId: "r-1", userId: "VN901196000123", issue: "HS-1" })
  assert.deepEqual(sent.slice(-10), [
    ...["x-road-id", "VN-1", "x-road-client", "VN/GOV/900101/desk", "x-road-request-id", "r-1"],
    ...["x-road-userid", "VN901196000123", "x-road-issue", "HS-1"],
  ])
  assert.deepEqual(names(sent), [
    ...["Cookie", "cookie", "Authorization", "X-Road-Other", "Content-Type", "Accept", "Cache-Control"],
    ...["x-road-id", "x-road-client", "x-road-request-id", "x-road-userid", "x-road-issue"],
  ])
  const without = providerHeaders([], { id: "1", client: desk, requestId: "2" })
  assert.deepEqual(names(without), ["x-road-id", "x-road-client", "x-road-request-id"])
})

const exchange = {
  id: "VN-1",
  client: desk,
  service: person,
  requestId: "r-1",
  requestHash: "h",
  date: "Mon, 09 Mar 2026 02:00:00 GMT",
}

test("the answer carries the provider's headers, and those of the exchange in lower case whatever the provider claims", () => {
  const answer = responseHeaders(
    [
      ...["Server", "nginx", "Connection", "close", "Content-Length", "2", "Set-Cookie", "a=1", "Set-Cookie", "b=2"],
      ...["X-Road-Id", "forged", "X-Road-Client", "forged", "X-Road-Service", "forged", "X-Road-Request-Id", "forged"],
      ...["X-Road-Request-Hash", "forged", "X-Road-Error", "forged", "Location", "https://elsewhere/"],
    ],
    exchange,
  )
  assert.deepEqual(answer, [
    ...["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Location", "https://elsewhere/", "Date", exchange.date],
    ...["x-road-id", "VN-1", "x-road-client", "VN/GOV/900101/desk", "x-road-service", "VN/GOV/900100/population/person"],
    ...["x-road-request-id", "r-1", "x-road-request-hash", "h"],
  ])
})

test("an answer has exactly one Date: the provider's first, or ours", () => {
  const dates = (raw: string[]) => responseHeaders(raw, exchange).filter((_, i, all) => all[i - 1]?.toLowerCase() === "date")
  assert.deepEqual(dates(["date", "D1", "Date", "D2"]), ["D1"])
  assert.deepEqual(dates([]), [exchange.date])
})

test("a hash is SHA-512 over the digests of head and body, without a body over the head alone", () => {
  const request = {
    method: "POST",
    requestPath: "/r1/VN/GOV/900100/population/person/a",
    query: "b=1",
    headers: messageHeaders(["X-Road-Client", "VN/GOV/900101/desk", "A", "á"], { id: "VN-1", requestId: "r-1" }),
  }
  const head =
    "POST\r\n/r1/VN/GOV/900100/population/person/a?b=1\r\n" +
    "X-Road-Client:VN/GOV/900101/desk\r\nA:á\r\nx-road-id:VN-1\r\nx-road-request-id:r-1\r\n"
  assert.equal(requestHeadBytes(request).toString(), head)
  const sha = (...pieces: (string | Buffer)[]) =>
    pieces.reduce((hash, piece) => hash.update(piece), createHash("sha512")).digest()
  assert.equal(requestHash(request), sha(head).toString("base64"))
  const digest = newBodyDigest().update("the ").update("body").digest()
  assert.equal(requestHash(request, digest), sha(sha(head), sha("the body")).toString("base64"))
  assert.equal(requestHash(request, digest).length, 88)
  assert.equal(Buffer.from(requestHash(request), "base64").length, 64)
  assert.throws(() => requestHash(request, Buffer.alloc(32)), RangeError)
})

test("another request id, path, query, header or body is another hash; a body of no bytes is not no body", () => {
  const base = { method: "GET", requestPath: "/r1/V/G/1/s/x", headers: ["x-road-request-id", "1"] }
  const hashes = [
    requestHash(base),
    requestHash(base, newBodyDigest().digest()),
    requestHash(base, newBodyDigest().update("1").digest()),
    requestHash({ ...base, query: "" }),
    requestHash({ ...base, requestPath: "/r1/V/G/1/s/x/" }),
    requestHash({ ...base, headers: ["x-road-request-id", "2"] }),
    requestHash({ ...base, headers: ["x-road-request-id", "1", "a", "b"] }),
    requestHash({ ...base, method: "HEAD" }),
  ]
  assert.equal(new Set(hashes).size, hashes.length)
})

test("random lists of headers never lose one that should pass, nor pass one that should not", () => {
  const name = fc.oneof(
    fc.constantFrom(...SKIPPED_HEADERS, "X-Road-Request-Id", "Date", "Accept"),
    fc.stringMatching(/^[A-Za-z-]{1,12}$/),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), (list) => {
      const kept = messageHeaders(list.flat(), { requestId: "r" }).slice(0, -2)
      const skipped = (n: string) => SKIPPED_HEADERS.has(n.toLowerCase()) || /^x-road-request-(id|hash)$/i.test(n)
      assert.deepEqual(kept, list.filter(([n]) => !skipped(n)).flat())
    }),
  )
})
