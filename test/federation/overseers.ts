// Linked sites with a service that can be tried, and the officials who look at the exchange.
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { type Country, fullName } from "#country"
import { loadAgencies, signIn } from "#identity"
import type { Actor } from "#platform/db"
import { type LinkedSite, type LinkedSites, openLinked } from "./linked-sites.ts"
import { system } from "./three-sites.ts"

export type Official = Extract<Actor, { kind: "official" }>

export interface Overseers extends LinkedSites {
  /** Requests that the service behind the ministry's site was asked, as `GET /path`. */
  readonly asked: readonly IncomingMessage[]
  /** Signs somebody of the cast in at their desk. */
  official(site: LinkedSite, id: string): Promise<Official>
}

export const OWN = "XX/GOV/H26.901/desk"
export const OFFICES = "XX/GOV/G01/registers/offices"
export const PEOPLE = "XX/GOV/G01/registers/people"

/** What the ministry says of its offices; the address of its system is nobody's business. */
const OPENAPI = `openapi: 3.1.0
info: { title: Trụ sở công an, version: "2.1" }
servers: [{ url: "http://10.0.0.5:8443/v2" }]
paths:
  /{ward}:
    get: { summary: Trụ sở của một phường, operationId: officeOf, responses: { "200": { description: ok } } }
`

/** Offices are things; people are persons, and a contract for tests covers them too. */
export async function openOverseers(): Promise<Overseers> {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    if (request.url === "/openapi.yaml") return void response.end(OPENAPI)
    asked.push(request)
    response.setHeader("content-type", "application/json")
    if (request.url!.startsWith("/offices/none")) response.statusCode = 404
    response.end(JSON.stringify({ path: request.url, offices: ["Ba Đình", "Hoàn Kiếm"] }))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  // Where the sites don't open, the process is to end with that fault.
  server.unref()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const of = { subsystem: "GOV/G01/registers", type: "REST" as const }
  const terms = {
    ...{ provider: "XX/GOV/G01/registers", consumer: OWN, bodies: "digest" as const },
    legalGround: { ref: "60/2014/QH13", article: "16" },
  }
  const any = [{ method: "*" as const, path: "/**" }]
  const sites = await openLinked({
    services: [
      {
        ...{ ...of, type: "OPENAPI", code: "offices", name: "Trụ sở công an", url: `${url}/offices` },
        ...{ description: `${url}/openapi.yaml`, endpoints: [{ method: "GET", path: "/*" }] },
      },
      { ...of, code: "people", name: "Người dân", url: `${url}/people`, endpoints: any },
    ],
    contracts: [
      { ...terms, service: "offices", endpoints: any, purposes: ["birth-registration"], subjectKinds: ["thing"] },
      { ...terms, service: "people", endpoints: any, purposes: ["birth-registration", "system-test"], subjectKinds: ["person"] },
    ],
  })
  await sites.ministry.tx(system, loadAgencies)
  return {
    ...sites,
    asked,
    official: async (site, id) => {
      const country = site.site.reference as Country
      const person = country.cast.people.find((one) => one.id === id)!
      const { actor } = await site.tx(system, (tx) =>
        signIn(tx, {
          ...{ issuer: "https://idp.example", sub: id, personNumber: person.number, name: fullName(country, person.name) },
          ...{ authTime: tx.now, acr: "high", asOfficial: true },
        }),
      )
      if (actor.kind !== "official") throw new Error(`${id} holds no position`)
      return actor
    },
    close: async () => {
      await sites.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
