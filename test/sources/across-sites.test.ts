// Another site asks for a register that an old system answers: what it hears when that is silent, and that both sides log it.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Country } from "#country"
import { answerRegister, type Lookup, linkSites, listLookups, type OtherSites, request } from "#exchange"
import type { HandlerRequest } from "#line"
import { newId } from "#platform/ids"
import type { Sources } from "#sources"
import { type Cast, openCast, system } from "../cast.ts"
import { HEAD, type OldSystems, oldSystems } from "./old-systems.ts"

const SERVICE = "health/birth-statement.read"
const TODAY = "2026-03-09"
const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const
/** Nobody listens there. */
const SILENT = `${HEAD}kind: rest
url: http://127.0.0.1:9/{number}
parameters: { number: number }
columns: { so: text, ngay: date }
fields: { statementNumber: so, date: ngay, place: so, sex: so }
`
let provider: Cast
let consumer: Cast
let systems: OldSystems
let linked: Sources
before(async () => {
  ;[provider, consumer] = await Promise.all([openCast(), openCast()])
  systems = oldSystems(provider)
  systems.write("old-hospital.yaml", SILENT)
  linked = systems.link()
})
after(async () => {
  await systems?.close()
  await Promise.all([provider?.close(), consumer?.close()])
})

test("a system that is silent at the owner's site is silent for the asking one, and stands in both logs", async () => {
  const country = consumer.site.reference as Country
  const number = country.cast.people.find((p) => p.id === "nhung")!.number
  const codeOf = (id: string) => country.agencies.get(id)!.code
  const answer = answerRegister(provider.site, provider.db)
  const others = {
    file: { instance: "XX", agencies: [{ id: "ba-dinh", subsystem: `GOV/${codeOf("ba-dinh")}/desk` }] },
    access: {
      mayCall: () => ({}),
      directory: { services: [{ id: `XX/GOV/${codeOf("health")}/r/registers`, type: "REGISTER" }] },
    },
    ask: async ({ json, ...asked }: Parameters<OtherSites["ask"]>[0]) => {
      const body = Buffer.from(JSON.stringify(json))
      const told = await answer({ ...asked, method: "POST", body } as unknown as HandlerRequest)
      return { kind: "answer" as const, ...told }
    },
  } as unknown as OtherSites
  linkSites(consumer.site, others)
  const ask = () =>
    consumer.tx(system, (tx) =>
      request(tx, {
        service: SERVICE,
        requester: "ba-dinh",
        number,
        purpose: "birth-registration",
        today: TODAY,
        caseId: newId(tx.now),
      }),
    )
  const heard = await ask()
  assert.equal(heard.outcome, "silent")
  for (const { tx, site } of [provider, consumer]) {
    const rows = await tx(system, (one) => listLookups(one, site.keys.subjectOf(number), ...day))
    const row: Lookup | undefined = rows.find(({ message }) => message === heard.message)
    assert.equal(row?.outcome, "silent")
  }
  assert.equal((await ask()).outcome, "silent")
  assert.equal(
    linked.byType.get("health/birth-statement")!.figures.counts.failed,
    2,
    "the owner's other registers are not held for silent",
  )
})
