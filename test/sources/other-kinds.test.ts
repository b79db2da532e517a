// CSV, REST, OpenAPI, SOAP and a register of this site: each answers the same record type, and fails without harm.
import assert from "node:assert/strict"
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { after, before, test } from "node:test"
import * as soap from "soap"
import type { Country } from "#country"
import { request } from "#exchange"
import { type Cast, openCast, system } from "../cast.ts"
import { dataOf, HEAD, NHUNG, numberOf, type OldSystems, oldSystems, TYPE } from "./old-systems.ts"

let cast: Cast
let systems: OldSystems

before(async () => {
  cast = await openCast()
  systems = oldSystems(cast)
  systems.write("password", String(cast.migratorConnection.password))
})
after(async () => {
  await systems?.close()
  await cast?.close()
})

const ask = (who: string, purpose?: string) => systems.ask(who, purpose)
const link = (text: string, now?: () => number) => systems.declare(text, now)
const expected = () => ({ ...NHUNG, motherNumber: numberOf(cast, "nhung") })

test("a folder of CSV is read anew when it changes; a half-written file changes nothing", async () => {
  const dir = join(systems.folder, "sources", "giay")
  mkdirSync(dir)
  let ms = 0
  let stamp = 1_700_000_000
  const put = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    utimesSync(join(dir, name), ++stamp, stamp)
    ms += 2_000
  }
  const row = (number: string, place: string) => `777;${number};"Nguyễn Thị Nhung";05/03/2026;8:15;${place};2;3.15\r\n`
  const head = "\ufeffSố giấy;Số CCCD/ĐDCN (mẹ);Họ tên mẹ;Ngày sinh;Giờ sinh;Nơi sinh;Giới tính;Cân nặng\r\n"
  put("2026.csv", head + row(numberOf(cast, "nhung"), "Bệnh viện Đống Đa"))
  link(
    `${HEAD}kind: csv
folder: giay
separator: ;
match: { Số CCCD ĐDCN mẹ: number }
columns: { Số giấy: text, Họ tên mẹ: text, Ngày sinh: date dd/mm/yyyy, Giờ sinh: time, Nơi sinh: text, Giới tính: number, Cân nặng: number }
fields:
  statementNumber: '"CS-" + Số giấy'
  motherName: Họ tên mẹ
  date: Ngày sinh
  time: Giờ sinh
  place: Nơi sinh
  sex: if Giới tính = 1 then "male" else "female"
  weightGrams: Cân nặng * 1000
`,
    () => ms,
  )
  assert.deepEqual(dataOf(await ask("nhung")), expected())
  put("2026.csv", head + row(numberOf(cast, "nhung"), '"Trạm y tế ""Ô Chợ Dừa"""'))
  assert.equal(dataOf(await ask("nhung")).place, 'Trạm y tế "Ô Chợ Dừa"')
  put("2026.csv", `${head}778;"${numberOf(cast, "mai")}`)
  assert.equal(dataOf(await ask("nhung")).place, 'Trạm y tế "Ô Chợ Dừa"')
  put("2025.csv", "Số giấy;Khác\r\n1;2\r\n")
  assert.equal((await ask("nhung")).outcome, "answered")
  rmSync(join(dir, "2025.csv"))
  put("2026.csv", head)
  assert.equal((await ask("nhung")).outcome, "empty")
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A service on the loopback that says what the test lets it say. */
async function service() {
  const asked: string[] = []
  let answer: Answer = (_, response) => response.end("[]")
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url, asked, close, say: (how: Answer) => (answer = how) }
}
const json =
  (value: unknown): Answer =>
  (_, response) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify(value))
const PERSON = {
  giấy: { số: 777, ngày: "2026-03-05T00:00:00+07:00", giờ: "08:15:30" },
  mẹ: "Nguyễn Thị Nhung",
  nơi: "Bệnh viện Đống Đa",
  nữ: true,
  cân: "3.15",
}
const REST = `columns: { giấy.số: text, giấy.ngày: date, giấy.giờ: time, mẹ: text, nơi: text, nữ: yes-no, cân: number }
fields:
  statementNumber: '"CS-" + giấy.số'
  motherName: mẹ
  date: giấy.ngày
  time: giấy.giờ
  place: nơi
  sex: if nữ then "female" else "male"
  weightGrams: cân * 1000
`

const restOf = (url: string, more = "") => `${HEAD}kind: rest
url: ${url}/me/{cccd}/giay
parameters: { cccd: number, purpose: purpose }
headers: { Authorization: { file: password } }
rows: data.items
${REST}${more}`

test("a REST service answers; a number that is a path is a part of one and no more", async () => {
  const old = await service()
  const source = link(restOf(old.url))
  old.say((request, response) => {
    assert.equal(request.headers.authorization, String(cast.migratorConnection.password))
    json({ data: { items: [PERSON] } })(request, response)
  })
  assert.deepEqual(dataOf(await ask("nhung")), expected())
  assert.equal(old.asked.at(-1), `GET /me/${numberOf(cast, "nhung")}/giay?purpose=birth-registration`)
  await ask("../../admin?x=#")
  assert.equal(old.asked.at(-1), "GET /me/..%2F..%2Fadmin%3Fx%3D%23/giay?purpose=birth-registration")
  const count = old.asked.length
  assert.equal((await ask("..")).outcome, "silent")
  assert.equal(old.asked.length, count, "a part of a path that leads upwards is not sent")
  old.say((_, response) => response.writeHead(404).end())
  assert.equal((await ask("nhung")).outcome, "empty")
  assert.equal(source.figures.counts.answered, 2)

  link(restOf(old.url, "limits: { tries: 3 }\n"))
  let times = 0
  old.say((request, response) =>
    ++times < 3 ? response.writeHead(503).end() : json({ data: { items: PERSON } })(request, response),
  )
  assert.deepEqual(dataOf(await ask("nhung")), expected(), "a passing fault is tried again")
  assert.equal(times, 3)
  old.close()
})

const wrong: Record<string, Answer> = {
  "that is a fault": (_, response) => response.writeHead(500).end("Nguyễn Thị Nhung"),
  "that leads elsewhere": (_, response) => response.writeHead(302, { location: "/elsewhere" }).end(),
  "that is no JSON": (_, response) => response.end("<html>"),
  "with a number where a list is meant": json({ data: { items: 5 } }),
  "with too many records": json({ data: { items: Array.from({ length: 51 }, () => PERSON) } }),
  "that nests too deep": (_, response) => response.end(`${"[".repeat(5_000)}${"]".repeat(5_000)}`),
  "that is too large": (_, response) => response.end(`"${"x".repeat(2_000_000)}"`),
  "that is cut off": (_, response) => response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy()),
  "with a column of another kind": json({ data: { items: [PERSON, { ...PERSON, nơi: {} }] } }),
  "that does not come": () => undefined,
}
for (const [what, answer] of Object.entries(wrong))
  test(`an answer ${what} is silence, in time`, async () => {
    const old = await service()
    link(restOf(old.url, "limits: { waitMs: 1000 }\n"))
    old.say(answer)
    const began = performance.now()
    assert.equal((await ask("nhung")).outcome, "silent")
    assert.ok(performance.now() - began < 3_000)
    assert.ok(old.asked.every((line) => line.startsWith("GET /me/")))
    old.close()
  })

test("the record of another person is not shown, whatever the system says", async () => {
  const old = await service()
  const text = restOf(old.url).replace("columns: {", "columns: { cccd: text,")
  link(text.replace("  motherName:", "  motherNumber: cccd\n  motherName:"))
  old.say(json({ data: { items: [{ ...PERSON, cccd: numberOf(cast, "mai") }] } }))
  assert.equal((await ask("nhung")).outcome, "silent")
  old.say(json({ data: { items: [{ ...PERSON, cccd: numberOf(cast, "nhung") }] } }))
  assert.equal((await ask("nhung")).outcome, "answered")
  old.close()
})

test("an answer is kept where the country pack allows it, for its time and its purpose", async () => {
  const old = await service()
  old.say(json([PERSON]))
  const text = `${HEAD}kind: rest\nurl: ${old.url}/{number}\nparameters: { number: number }\n${REST}cache: { seconds: 60 }\n`
  assert.throws(() => link(text), /cache-not-allowed/)
  const { record } = findRecordOf(cast)
  const before = record.keepSecondsMax
  record.keepSecondsMax = 60
  let ms = 0
  const source = link(text, () => ms)
  const asOf = async (purpose?: string) => {
    const answer = await ask("nhung", purpose)
    assert.ok(answer.outcome === "answered")
    return answer.source.asOf
  }
  const first = await asOf()
  cast.clock.move(5_000)
  assert.equal(await asOf(), first, "what was kept says when it was asked")
  assert.equal(old.asked.length, 1)
  assert.equal(source.figures.counts.kept, 1)
  const own = {
    service: `${TYPE}.read`,
    requester: "hoa-sen-hospital",
    number: numberOf(cast, "nhung"),
    purpose: "birth-statement",
    today: "2026-03-09",
  }
  assert.equal((await cast.tx(system, (tx) => request(tx, own))).outcome, "answered")
  assert.equal(old.asked.length, 2, "another purpose asks anew")
  ms = 61_000
  assert.notEqual(await asOf(), first)
  assert.equal(old.asked.length, 3)
  if (before === undefined) delete record.keepSecondsMax
  old.close()
})

const findRecordOf = ({ site }: Cast) => {
  const register = (site.reference as Country).registers.get("health")!
  return { record: register.records[0] as { keepSecondsMax?: number } }
}

test("an OpenAPI description says where the operation is and what it wants", async () => {
  const old = await service()
  old.say(json(PERSON))
  systems.write(
    "openapi.yml.txt",
    `openapi: 3.0.3
paths:
  /v1/births:
    get:
      operationId: findBirth
      parameters: [{ $ref: "#/components/parameters/Cccd" }]
components: { parameters: { Cccd: { name: cccd, in: query, required: true } } }
`,
  )
  const text = (operation: string, parameters: string) =>
    `${HEAD}kind: rest\nopenapi: { file: openapi.yml.txt, operation: ${operation}, server: "${old.url}" }\nparameters: ${parameters}\n${REST}`
  link(text("findBirth", "{ cccd: number }"))
  assert.deepEqual(dataOf(await ask("nhung")), expected())
  assert.equal(old.asked[0], `GET /v1/births?cccd=${numberOf(cast, "nhung")}`)
  assert.throws(() => link(text("findDeath", "{ cccd: number }")), /operation-unknown/)
  assert.throws(() => link(text("findBirth", "{ id: number }")), /parameter-missing[\s\S]*parameter-unknown/)
  old.close()
})

const WSDL = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="urn:cu" xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:cu">
<types><x:schema targetNamespace="urn:cu" elementFormDefault="qualified"><x:element name="TraCuu"><x:complexType><x:sequence><x:element name="cccd" type="x:string"/></x:sequence></x:complexType></x:element>
<x:element name="TraCuuResponse"><x:complexType><x:sequence><x:element name="giay" maxOccurs="unbounded"><x:complexType><x:sequence><x:element name="so" type="x:string"/><x:element name="ngay" type="x:date"/><x:element name="gio" type="x:string"/><x:element name="me" type="x:string"/><x:element name="noi" type="x:string"/><x:element name="nu" type="x:boolean"/><x:element name="can" type="x:decimal"/></x:sequence></x:complexType></x:element></x:sequence></x:complexType></x:element></x:schema></types>
<message name="in"><part name="p" element="t:TraCuu"/></message><message name="out"><part name="p" element="t:TraCuuResponse"/></message>
<portType name="pt"><operation name="TraCuu"><input message="t:in"/><output message="t:out"/></operation></portType>
<binding name="b" type="t:pt"><s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="TraCuu"><s:operation soapAction="urn:cu#TraCuu"/><input><s:body use="literal"/></input><output><s:body use="literal"/></output></operation></binding>
<service name="DichVu"><port name="Cong" binding="t:b"><s:address location="http://localhost/cu"/></port></service></definitions>`

const soapAt = (url: string) => `${HEAD}kind: soap
url: ${url}
namespace: urn:cu
operation: TraCuu
action: urn:cu#TraCuu
qualified: true
parameters: { cccd: number }
rows: giay
columns: { so: text, ngay: date, gio: time, me: text, noi: text, nu: yes-no, can: number }
fields: { statementNumber: '"CS-" + so', motherName: me, date: ngay, time: gio, place: noi, sex: 'if nu then "female" else "male"', weightGrams: can * 1000 }
record: so
validFrom: ngay
`

test("a SOAP service answers; its fault is silence", async () => {
  const server = createServer((_, response) => response.end())
  let asked: unknown
  let fault: string | undefined
  soap.listen(server, {
    path: "/cu",
    xml: WSDL,
    services: {
      DichVu: {
        Cong: {
          TraCuu: (args: { cccd: string }) => {
            asked = args.cccd
            if (fault) throw new Error(fault)
            const one = {
              so: "777",
              ngay: "2026-03-05",
              gio: "08:15",
              me: "Nguyễn Thị Nhung",
              noi: "Bệnh viện Đống Đa",
              nu: true,
              can: 3.15,
            }
            return { giay: [one, { ...one, so: "776", ngay: "2020-01-01" }] }
          },
        },
      },
    },
  } as unknown as soap.IServerOptions)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  link(soapAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/cu`))
  const answer = await ask("nhung")
  assert.deepEqual(dataOf(answer), expected())
  assert.ok(
    answer.outcome === "answered" && answer.entries.length === 2 && answer.entries[0]!.record !== answer.entries[1]!.record,
  )
  assert.deepEqual((await ask("nhung")).outcome === "answered" && answer.entries.map(({ validFrom }) => validFrom), [
    "2026-03-05",
    "2020-01-01",
  ])
  await ask("<x>&]]>")
  assert.equal(asked, "<x>&]]>")
  fault = "Nguyễn Thị Nhung"
  for (let i = 0; i < 6; i++) assert.equal((await ask("nhung")).outcome, "silent")
  fault = undefined
  assert.equal((await ask("nhung")).outcome, "answered", "a fault is of one question: the breaker stays closed")
  server.closeAllConnections()
  server.close()
})

test("a document type in an answer is refused, and a SOAP question is not sent twice unless it may be", async () => {
  const evil = await service()
  evil.say((_, response) =>
    response.end(
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><r><giay><so>&e;</so></giay></r></s:Body></s:Envelope>`,
    ),
  )
  link(soapAt(evil.url))
  assert.equal((await ask("nhung")).outcome, "silent")
  assert.equal(evil.asked.length, 1, "a SOAP question is not sent twice unless it may be")
  evil.close()
})

test("a register that this site keeps answers as another record type of the same owner", async () => {
  link(`id: from-marriages
name: { vi: Kết hôn, en: Marriages }
answers: civil-status/birth
kind: register
from: civil-status/marriage
columns: { spouseFullName: text, date: date, agencyName: text, certificateNumber: text }
fields: { fullName: spouseFullName, sex: '"male"', birthDate: date, registrationNumber: certificateNumber, registrationDate: date, agencyName: agencyName }
`)
  const asked = { service: "civil-status/birth.read", requester: "ba-dinh", purpose: "birth-registration", today: "2026-03-09" }
  const answer = await cast.tx(system, (tx) => request(tx, { ...asked, number: numberOf(cast, "lan") }))
  assert.equal(dataOf(answer).registrationNumber, "118/2022")
  assert.equal((await cast.tx(system, (tx) => request(tx, { ...asked, number: numberOf(cast, "gia-han") }))).outcome, "empty")
})

test("a register of the same owner answers as another record type; that of another owner does not", () => {
  const text = (from: string) => `${HEAD}kind: register
from: ${from}
columns: { number: text }
fields: { statementNumber: number, date: number, place: number, sex: number }
`
  assert.throws(() => link(text("population/person")), /register-of-another/)
  assert.throws(() => link(text("health/birth-statement")), /register-of-itself/)
  assert.throws(() => link(text("health/nothing")), /record-unknown/)
})
