// What the file of a site says of its services, as the line offers them.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { SiteFile } from "#federation"
import { offersOf } from "./federation-roads.ts"

test("a service is offered with its version, its description and what can be called of it", () => {
  const subsystem = "GOV/G01/registers"
  const endpoints = [{ method: "GET" as const, path: "/people/*" }]
  const description = "http://127.0.0.1:9/openapi.yaml"
  const file: SiteFile = {
    ...{ instance: "XX", site: "ministry", name: "Ministry", role: "joined", line: "127.0.0.1:1", face: "http://127.0.0.1:1" },
    members: [],
    services: [
      { subsystem, code: "people", name: "People", type: "OPENAPI", url: "http://127.0.0.1:9", endpoints, description },
      { subsystem, code: "findPerson", name: "Find", type: "SOAP", url: "http://127.0.0.1:9", version: "v1", disabled: "moving" },
      { subsystem, code: "registers", name: "Registers", type: "REGISTER" },
    ],
  }
  assert.deepEqual(
    [...offersOf(file)],
    [
      ["XX/GOV/G01/registers/people", { type: "OPENAPI", url: "http://127.0.0.1:9", description, endpoints }],
      ["XX/GOV/G01/registers/findPerson", { type: "SOAP", url: "http://127.0.0.1:9", version: "v1", disabled: "moving" }],
      ["XX/GOV/G01/registers/registers", { type: "REGISTER", url: "" }],
    ],
  )
})
