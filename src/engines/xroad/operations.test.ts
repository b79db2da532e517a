// The operations that a description lists, for people to read.
import assert from "node:assert/strict"
import { test } from "node:test"
import { operationsOfOpenApi, operationsOfWsdl } from "./index.ts"

test("an OpenAPI document lists its calls by path and method, whatever else stands beside them", () => {
  const text = `
openapi: 3.0.3
info: { title: Offices, version: "2" }
paths:
  /offices: { parameters: [], get: { summary: All offices }, post: { operationId: addOffice } }
  /offices/{id}: { x-note: 1, delete: {} }
`
  const read = operationsOfOpenApi(text)
  assert.deepEqual(read.ok && read.value, {
    title: "Offices",
    version: "2",
    operations: [
      { method: "GET", name: "/offices", summary: "All offices" },
      { method: "POST", name: "/offices", summary: "addOffice" },
      { method: "DELETE", name: "/offices/{id}" },
    ],
  })
})

test("a WSDL lists the operations of its port types with their documentation", () => {
  const read = operationsOfWsdl(`<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" name="d">
    <w:types/><w:portType name="p"><w:operation name="getPerson"><w:documentation>One
      person</w:documentation><w:input/></w:operation><w:operation name="ping"/></w:portType>
    <w:binding name="b"><w:operation name="getPerson"/></w:binding><w:service name="Population"/></w:definitions>`)
  assert.deepEqual(read.ok && read.value, {
    title: "Population",
    operations: [{ name: "getPerson", summary: "One person" }, { name: "ping" }],
  })
})

test("what is no description, or a trap, is refused", () => {
  const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\npaths: { /x: { get: { a: *c } } }`
  for (const text of ["", "[]", "paths: 3", "{", laughs]) assert.equal(operationsOfOpenApi(text).ok, false, text)
  for (const text of ["", "<a/>", '<!DOCTYPE d [<!ENTITY e "x">]><definitions/>'])
    assert.equal(operationsOfWsdl(text).ok, false, text)
})
