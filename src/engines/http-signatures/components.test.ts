// Components of messages against the examples of RFC 9421 section 2, and what has no value.
import assert from "node:assert/strict"
import { test } from "node:test"
import { compileBase, component, type FieldKinds, type Message, type RequestMessage, SignatureError } from "./index.ts"

const kinds: FieldKinds = { "example-dict": "dictionary", "example-list": "list", "example-item": "item" }

/** The lines of the components, without the last line of the base. */
function linesOf(message: Message, ...components: string[]): string[] {
  return compileBase(components, kinds)(message, {}).split("\n").slice(0, -1)
}
const request = (target: string, more: Partial<RequestMessage> = {}): RequestMessage => ({
  method: "POST",
  target,
  fields: { host: "www.example.com" },
  ...more,
})
const faultOf = (code: string) => (error: unknown) => error instanceof SignatureError && error.code === code

const raw = [
  ...["Host", "www.example.com"],
  ...["Date", "Tue, 20 Apr 2021 02:07:56 GMT"],
  ...["X-OWS-Header", "   Leading and trailing whitespace.   "],
  ...["X-Obs-Fold-Header", "Obsolete\r\n    line folding. "],
  ...["Cache-Control", "max-age=60", "Cache-Control", "   must-revalidate"],
  ...["Example-Dict", "  a=1,    b=2;x=1;y=2,   c=(a   b   c)"],
  ...["X-Empty-Header", ""],
]
const record = {
  host: "www.example.com",
  date: "Tue, 20 Apr 2021 02:07:56 GMT",
  "x-ows-header": "   Leading and trailing whitespace.   ",
  "x-obs-fold-header": "Obsolete\n    line folding. ",
  "cache-control": ["max-age=60", "   must-revalidate"],
  "example-dict": "  a=1,    b=2;x=1;y=2,   c=(a   b   c)",
  "x-empty-header": "",
}

for (const [how, fields] of Object.entries({ "raw headers": raw, "a record": record }))
  test(`section 2.1: fields of ${how} are trimmed, unfolded and joined`, () => {
    const names = ["host", "date", "x-ows-header", "x-obs-fold-header", "cache-control", "example-dict", "x-empty-header"]
    assert.deepEqual(linesOf({ ...request("/"), fields }, ...names), [
      '"host": www.example.com',
      '"date": Tue, 20 Apr 2021 02:07:56 GMT',
      '"x-ows-header": Leading and trailing whitespace.',
      '"x-obs-fold-header": Obsolete line folding.',
      '"cache-control": max-age=60, must-revalidate',
      '"example-dict": a=1,    b=2;x=1;y=2,   c=(a   b   c)',
      '"x-empty-header": ',
    ])
  })

test("section 2.1.1: a structured field is written strictly", () => {
  const message = request("/", { fields: { ...record, "example-list": [" a,b", "( 1 )"], "example-item": " 1.50;x " } })
  assert.deepEqual(linesOf(message, "example-dict;sf", "example-list;sf", "example-item;sf"), [
    '"example-dict";sf: a=1, b=2;x=1;y=2, c=(a b c)',
    '"example-list";sf: a, b, (1)',
    '"example-item";sf: 1.5;x',
  ])
})

test("section 2.1.2: a member of a dictionary", () => {
  const fields = ["Example-Dict", "  a=1, b=2;x=1;y=2, c=(a   b    c)", "example-dict", "d"]
  assert.deepEqual(linesOf(request("/", { fields }), ...["a", "d", "b", "c"].map((key) => `example-dict;key="${key}"`)), [
    '"example-dict";key="a": 1',
    '"example-dict";key="d": ?1',
    '"example-dict";key="b": 2;x=1;y=2',
    '"example-dict";key="c": (a b c)',
  ])
})

test("section 2.1.3: values wrapped as bytes tell two lines from one", () => {
  const two = request("/", { fields: ["Example-Header", "value, with, lots", "Example-Header", "of, commas"] })
  const one = request("/", { fields: { "example-header": "value, with, lots, of, commas" } })
  assert.deepEqual(linesOf(two, "example-header"), linesOf(one, "example-header"))
  assert.deepEqual(linesOf(two, "example-header;bs"), ['"example-header";bs: :dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:'])
  assert.deepEqual(linesOf(one, "example-header;bs"), ['"example-header";bs: :dmFsdWUsIHdpdGgsIGxvdHMsIG9mLCBjb21tYXM=:'])
})

test("section 2.1.4: trailers are not headers", () => {
  const message: Message = {
    status: 200,
    fields: ["Content-Type", "text/plain", "Trailer", "Expires"],
    trailers: ["Expires", "Wed, 9 Nov 2022 07:28:00 GMT"],
  }
  assert.deepEqual(linesOf(message, "@status", "trailer", "expires;tr"), [
    '"@status": 200',
    '"trailer": Expires',
    '"expires";tr: Wed, 9 Nov 2022 07:28:00 GMT',
  ])
  assert.throws(() => linesOf(message, "expires"), faultOf("component-missing"))
  assert.throws(() => linesOf(message, "trailer;tr"), faultOf("component-missing"))
  const reply: Message = { status: 200, fields: [], request: { ...request("/"), trailers: { sum: "1" } } }
  assert.deepEqual(linesOf(reply, "sum;req;tr"), ['"sum";req;tr: 1'])
})

const derived: [string, RequestMessage, string, string][] = [
  ["2.2.1", request("/path?param=value"), "@method", "POST"],
  ["2.2.1, case matters", request("/", { method: "get" }), "@method", "get"],
  ["2.2.2", request("/path?param=value"), "@target-uri", "https://www.example.com/path?param=value"],
  ["2.2.2, absolute", request("http://a.example/x?y"), "@target-uri", "http://a.example/x?y"],
  ["2.2.3", request("/path?param=value"), "@authority", "www.example.com"],
  ["2.2.3, own port", request("/", { authority: "WWW.Example.com:443" }), "@authority", "www.example.com"],
  ["2.2.3, other port", request("/", { authority: "a.example:80" }), "@authority", "a.example:80"],
  ["2.2.3, port of http", request("/", { authority: "a.example:80", scheme: "http" }), "@authority", "a.example"],
  ["2.2.3, address", request("/", { authority: "[2001:DB8::443]" }), "@authority", "[2001:db8::443]"],
  ["2.2.3, absolute", request("http://a.example:80/", { authority: "b.example" }), "@authority", "a.example"],
  ["2.2.3, CONNECT", request("a.example:80", { method: "CONNECT", scheme: "https" }), "@authority", "a.example:80"],
  ["2.2.4", request("/path?param=value", { scheme: "http" }), "@scheme", "http"],
  ["2.2.4, absolute", request("HTTP://a.example/"), "@scheme", "http"],
  ["2.2.5", request("/path?param=value"), "@request-target", "/path?param=value"],
  [
    "2.2.5, absolute",
    request("https://www.example.com/path?param=value"),
    "@request-target",
    "https://www.example.com/path?param=value",
  ],
  ["2.2.5, authority", request("www.example.com:80", { method: "CONNECT" }), "@request-target", "www.example.com:80"],
  ["2.2.5, asterisk", request("*", { method: "OPTIONS" }), "@request-target", "*"],
  ["2.2.6", request("/path?param=value"), "@path", "/path"],
  ["2.2.6, encoded octets stay", request("/a%2Fb/%c3%a9"), "@path", "/a%2Fb/%c3%a9"],
  ["2.2.6, empty", request("https://www.example.com"), "@path", "/"],
  ["2.2.6, empty with a query", request("https://www.example.com?a"), "@path", "/"],
  ["2.2.7", request("/path?param=value&foo=bar&baz=bat%2Dman"), "@query", "?param=value&foo=bar&baz=bat%2Dman"],
  ["2.2.7, no pairs", request("/path?queryString"), "@query", "?queryString"],
  ["2.2.7, none", request("/path"), "@query", "?"],
  ["2.2.7, empty", request("/path?"), "@query", "?"],
]
for (const [section, message, name, value] of derived)
  test(`section ${section}: ${name}`, () => assert.deepEqual(linesOf(message, name), [`"${name}": ${value}`]))

test("section 2.2.8: query parameters are decoded and encoded again", () => {
  const first = request("/path?param=value&foo=bar&baz=batman&qux=")
  assert.deepEqual(linesOf(first, ...["baz", "qux", "param"].map((name) => `@query-param;name="${name}"`)), [
    '"@query-param";name="baz": batman',
    '"@query-param";name="qux": ',
    '"@query-param";name="param": value',
  ])
  const second = request(
    "/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something",
  )
  const names = ["var", "bar", "fa%C3%A7ade%22%3A%20"]
  assert.deepEqual(linesOf(second, ...names.map((name) => `@query-param;name="${name}"`)), [
    '"@query-param";name="var": this%20is%20a%20big%0Amultiline%20value',
    '"@query-param";name="bar": with%20plus%20whitespace',
    '"@query-param";name="fa%C3%A7ade%22%3A%20": something',
  ])
  assert.deepEqual(linesOf(request("/?a=%21~*-._%27()"), '@query-param;name="a"'), [
    '"@query-param";name="a": %21%7E*-._%27%28%29',
  ])
  assert.throws(() => linesOf(first, '@query-param;name="none"'), faultOf("component-missing"))
  assert.throws(() => linesOf(request("/?a=1&a=2"), '@query-param;name="a"'), faultOf("component-duplicate"))
})

test("components that no message has can't be compiled", () => {
  const unknown = [
    "@signature-params",
    "@colour",
    "@query-param",
    "@method;sf",
    "@status;req",
    "@path;req=?0",
    "Content-Type",
    "a b",
    "",
    "date;colour",
    "date;sf=1",
    'date;sf="a"',
    "date;key=1",
    'example-dict;bs;key="a"',
    "example-dict;sf;bs",
    "date;sf",
    'date;key="a"',
    'example-list;key="a"',
    "constructor;sf",
  ]
  for (const name of unknown) assert.throws(() => compileBase([name], kinds), faultOf("component-unknown"), name)
  assert.throws(() => component("date;"), faultOf("field-syntax"))
  assert.throws(() => component("date;sf;sf"), faultOf("field-duplicate"))
  assert.throws(() => compileBase(["date", '"date"']), faultOf("component-duplicate"))
  assert.throws(() => compileBase(["date;req;tr", "date;tr;req"]), faultOf("component-duplicate"))
  assert.throws(() => compileBase(Array.from({ length: 65 }, (_, i) => `x${i}`)), faultOf("field-too-long"))
})

test("what a message lacks, or has in a shape that can't be signed, gives no base", () => {
  const status: Message = { status: 200, fields: {} }
  assert.throws(() => linesOf(request("/"), "date"), faultOf("component-missing"))
  for (const name of ["constructor", "__proto__", "tostring"])
    assert.throws(() => linesOf(request("/"), name), faultOf("component-missing"), name)
  assert.throws(() => linesOf(request("/", { fields: { "example-dict": "a=1, b=2" } }), 'example-dict;key="c"'), {
    code: "component-missing",
  })
  assert.throws(() => linesOf(request("/", { fields: { "example-dict": "a=(" } }), "example-dict;sf"), faultOf("field-syntax"))
  assert.throws(() => linesOf(request("/"), "@status"), faultOf("component-unknown"))
  assert.throws(() => linesOf(request("/"), "host;req"), faultOf("component-unknown"))
  assert.throws(() => linesOf(request("/"), "@method;req"), faultOf("component-unknown"))
  assert.throws(() => linesOf(status, "@method"), faultOf("component-unknown"))
  assert.throws(() => linesOf(status, "@method;req"), faultOf("component-missing"))
  assert.throws(() => linesOf(status, "host;req"), faultOf("component-missing"))
  for (const bad of [99, 1000, 200.5, Number.NaN])
    assert.throws(() => linesOf({ status: bad, fields: {} }, "@status"), faultOf("component-missing"))
  for (const value of ["a\nb", "a\rb", "a\r\nb: c", "a\0b", "Đà Nẵng"])
    for (const flag of ["", ";bs"])
      assert.throws(() => linesOf(request("/", { fields: { x: value } }), `x${flag}`), faultOf("field-syntax"), value)
  assert.throws(() => linesOf(request("/", { fields: { x: "caf\xe9" } }), "x"), faultOf("field-syntax"))
  assert.deepEqual(linesOf(request("/", { fields: { x: "caf\xe9" } }), "x;bs"), ['"x";bs: :Y2Fm6Q==:'])
})

test("control data that would break out of its line gives no base", () => {
  const missing = faultOf("component-missing")
  for (const target of ["/a\n", "/a b", "", "/\xe9"])
    for (const name of ["@path", "@query", "@request-target", "@target-uri", '@query-param;name="a"'])
      assert.throws(() => linesOf(request(target), name), missing, target)
  for (const method of ["GET ", "", "G\nT"]) assert.throws(() => linesOf(request("/", { method }), "@method"), missing)
  for (const authority of ["", "a b", "user@a.example", "a.example/", "a\n", "a,b"])
    assert.throws(() => linesOf(request("/", { authority }), "@authority"), missing, authority)
  assert.throws(() => linesOf(request("/", { fields: {} }), "@authority"), missing)
  assert.throws(() => linesOf(request("/", { fields: ["Host", "a", "Host", "b"] }), "@authority"), missing)
})
