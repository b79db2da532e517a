// Metadata: lists in JSON and XML, descriptions without addresses.
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { parse, stringify } from "yaml"
import {
  type ClientId,
  hideServers,
  type ListedClient,
  listMethodsJson,
  listMethodsXml,
  permittedServices,
  renderListClients,
  type ServiceId,
} from "./index.ts"
import { readXml } from "./xml-tree.ts"

const ministry: ClientId = { type: "MEMBER", instance: "VN", memberClass: "GOV", memberCode: "900100" }
const population: ClientId = { ...ministry, type: "SUBSYSTEM", subsystem: "population" }
const clients: ListedClient[] = [
  { id: ministry, name: "Bộ & Công an" },
  { id: population, name: "Bộ Công an", subsystemName: "Dân cư" },
  { id: { ...ministry, memberCode: "900101" } },
]
const service = (code: string, version?: string): ServiceId => ({
  ...population,
  type: "SERVICE",
  service: code,
  ...(version && { version }),
})

test("listClients in JSON names what is known and leaves out the rest", () => {
  const { status, headers, body } = renderListClients(clients, "text/xml, application/json;q=0.1")
  assert.equal(status, 200)
  assert.deepEqual(headers, ["Content-Type", "application/json; charset=utf-8"])
  assert.deepEqual(JSON.parse(body.toString()), {
    member: [
      {
        id: { object_type: "MEMBER", xroad_instance: "VN", member_class: "GOV", member_code: "900100" },
        name: "Bộ & Công an",
      },
      {
        id: {
          object_type: "SUBSYSTEM",
          xroad_instance: "VN",
          member_class: "GOV",
          member_code: "900100",
          subsystem_code: "population",
        },
        name: "Bộ Công an",
        subsystem_name: "Dân cư",
      },
      { id: { object_type: "MEMBER", xroad_instance: "VN", member_class: "GOV", member_code: "900101" } },
    ],
  })
})

test("listClients is XML for everyone else", () => {
  for (const accept of [undefined, "*/*", "text/html"]) {
    const { headers, body } = renderListClients(clients, accept)
    assert.deepEqual(headers, ["Content-Type", "text/xml; charset=UTF-8"])
    const root = readXml(body.toString())
    assert.deepEqual([root.local, root.uri, root.children.length], ["clientList", "http://x-road.eu/xsd/xroad.xsd", 3])
  }
  assert.match(
    renderListClients(clients.slice(1, 2), undefined).body.toString(),
    /<xroad:member><xroad:id id:objectType="SUBSYSTEM"><id:xRoadInstance>VN<\/id:xRoadInstance>.*<id:subsystemCode>population<\/id:subsystemCode><\/xroad:id><xroad:name>Bộ Công an<\/xroad:name><xroad:subsystemName>Dân cư<\/xroad:subsystemName><\/xroad:member>/,
  )
})

test("REST listMethods names services with type and endpoints, metadata services not", () => {
  const listed = listMethodsJson([
    { service: service("person"), serviceType: "OPENAPI", endpoints: [{ method: "GET", path: "/persons/*" }] },
    { service: service("listMethods"), serviceType: "REST", endpoints: [] },
  ])
  assert.deepEqual(listed, {
    service: [
      {
        member_class: "GOV",
        member_code: "900100",
        object_type: "SERVICE",
        service_code: "person",
        service_type: "OPENAPI",
        subsystem_code: "population",
        xroad_instance: "VN",
        endpoint_list: [{ method: "GET", path: "/persons/*" }],
      },
    ],
  })
})

test("SOAP allowedMethods names the permitted services in all their versions", () => {
  const all = [service("person", "v1"), service("person", "v2"), service("car", "v1"), service("getWsdl")]
  const permitted = permittedServices(all, [service("person")])
  const root = readXml(listMethodsXml("allowedMethods", permitted))
  assert.equal(root.local, "allowedMethodsResponse")
  assert.equal(root.children.length, 2)
  assert.match(listMethodsXml("allowedMethods", permitted), /<id:serviceCode>person<\/id:serviceCode><id:serviceVersion>v2</)
  assert.equal(readXml(listMethodsXml("listMethods", all)).children.length, 3)
  assert.equal(readXml(listMethodsXml("listMethods", [])).local, "listMethodsResponse")
})

const shown = (text: string) => {
  const read = hideServers(text)
  assert.ok(read.ok, read.ok ? "" : read.message)
  return read.value
}

test("a YAML description loses its hosts and keeps everything else, comments too", () => {
  const description = [
    "openapi: 3.0.3",
    "# about pets",
    "info: { title: Pets, version: '1' }",
    "servers:",
    "  - url: https://10.0.0.5:8443/v2",
    "    description: inside",
    "  - url: //pets.internal/v3?x=1",
    "  - url: /v4",
    "  - url: http://pets.internal",
    "paths:",
    "  /pets:",
    "    servers: [{ url: 'http://a.internal/p' }]",
    "    get:",
    "      servers: [{ url: 'http://b.internal/o' }]",
    "      responses: { '200': { description: yes } }",
    "",
  ].join("\n")
  const { format, text } = shown(description)
  assert.equal(format, "yaml")
  assert.match(text, /# about pets/)
  assert.doesNotMatch(text, /internal|10\.0\.0\.5/)
  const read = parse(text)
  assert.deepEqual(
    read.servers.map((s: { url: string }) => s.url),
    ["/v2", "/v3?x=1", "/v4", "/"],
  )
  assert.equal(read.servers[0].description, "inside")
  assert.equal(read.paths["/pets"].servers[0].url, "/p")
  assert.equal(read.paths["/pets"].get.servers[0].url, "/o")
  assert.deepEqual(read.paths["/pets"].get.responses, { "200": { description: "yes" } })
})

test("a JSON description stays JSON; variables that only the host used go with it", () => {
  const description = {
    openapi: "3.1.0",
    servers: [
      {
        url: "https://{host}:{port}/v2/{lang}",
        variables: { host: { default: "h.internal" }, port: { default: "1" }, lang: { default: "vi" } },
      },
      { url: "{base}/v3", variables: { base: { default: "https://c.internal:8443/api" } } },
      { url: "{stage}/v4", variables: { stage: { default: "test" } } },
    ],
    paths: {},
  }
  const { format, text } = shown(JSON.stringify(description, null, 2))
  assert.equal(format, "json")
  assert.deepEqual(JSON.parse(text).servers, [
    { url: "/v2/{lang}", variables: { lang: { default: "vi" } } },
    { url: "/api/v3" },
    { url: "{stage}/v4", variables: { stage: { default: "test" } } },
  ])
})

test("addresses behind aliases are found, addresses in examples are let be", () => {
  const { text } = shown(
    [
      "openapi: 3.0.0",
      "x-at: &at [{ url: &url 'http://a.internal/v1' }, &s { url: 'http://b.internal/v2' }]",
      "servers: *at",
      "paths:",
      "  /a: { get: { servers: [*s, { url: *url }] } }",
      "  /b: { get: { example: { servers: [{ url: 'http://shown.example/' }] } } }",
    ].join("\n"),
  )
  assert.doesNotMatch(text, /internal/)
  const read = parse(text)
  assert.deepEqual(read.servers, [{ url: "/v1" }, { url: "/v2" }])
  assert.deepEqual(read.paths["/a"].get.servers, [{ url: "/v2" }, { url: "/v1" }])
  assert.match(text, /shown\.example/)
})

test("what is no OpenAPI 3 is refused with the code for it", () => {
  for (const text of [
    "",
    "[]",
    "openapi: 2.0",
    "swagger: '2.0'\nhost: h.internal",
    "{",
    "a: [",
    "openapi: 3.0.0\na: *nowhere",
    '{"openapi": "3.0.0", "a": &x [*x, *x]}',
    `openapi: 3.0.0\na: ${"[".repeat(100_000)}`,
    "x".repeat(6 * 1024 * 1024),
  ]) {
    const read = hideServers(text)
    assert.equal(read.ok ? "" : read.code, "InternalError", text.slice(0, 40))
  }
})

test("no host survives, wherever in a description and however it is written", () => {
  const host = fc.stringMatching(/^[a-z][a-z0-9-]{5,12}$/).map((name) => `${name}.internal`)
  const url = fc
    .tuple(
      fc.constantFrom("http://", "https://", "//", "HTTPS://u:p@", "{scheme}://"),
      host,
      fc.constantFrom("", ":8443"),
      fc.constantFrom("", "/", "/v2"),
    )
    .map((pieces) => pieces.join(""))
  fc.assert(
    fc.property(url, fc.boolean(), (address, json) => {
      const description = {
        openapi: "3.0.0",
        servers: [{ url: address }],
        paths: { "/a": { post: { servers: [{ url: address }] } } },
      }
      const read = hideServers(json ? JSON.stringify(description) : stringify(description))
      assert.ok(read.ok)
      assert.doesNotMatch(read.value.text, /internal|8443|u:p/)
    }),
  )
})

test("random text never crashes the reader of descriptions", () => {
  const piece = fc.oneof(
    fc.constantFrom("openapi: 3.0.0\n", "servers:\n", " - url: ", "&a ", "*a", "{", "}", "[", ": ", "\n", "|"),
    fc.string(),
  )
  fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => void hideServers(pieces.join(""))))
})
