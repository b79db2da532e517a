// Every error of X-Road's table that a REST request can be told and configuration can provoke, over HTTP, in both spellings.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { errorType } from "#engines/xroad"
import { soap } from "../../../test/line/envelopes.ts"
import { CLIENT, FAILED, type Knobs, NOBODY, openProvoking, type Row, SERVER, turn } from "../../../test/line/provoking.ts"
import * as cast from "../../../test/line/two-sites.ts"
import type { Ask } from "../../../test/line/two-worlds.ts"

const { sites, cutsOff, unsigned, unknownAuthority, hangsUp, both, close } = await openProvoking()
after(close)

const as = (...headers: string[]): Ask => ({ headers: ["X-Road-Client", cast.CONSUMER, ...headers] })
const at = (service: string, more: Ask = {}): Ask => ({ url: `/r1/${service}`, ...more })

const rest: readonly Row[] = [
  {
    what: "when the directory has expired here",
    ask: {},
    place: CLIENT,
    code: "OutdatedGlobalConf",
    knobs: { expired: "commune" },
  },
  { what: "when it has expired there", ask: {}, place: SERVER, code: "OutdatedGlobalConf", knobs: { expired: "ministry" } },
  { what: "with a bad path", ask: { url: "/r1/XX/GOV" }, place: CLIENT, code: "InternalError" },
  { what: "with a client of two parts", ask: { headers: ["X-Road-Client", "XX/GOV"] }, place: CLIENT, code: "InternalError" },
  { what: "with a client of five parts", ask: { headers: ["X-Road-Client", "a/b/c/d/e"] }, place: CLIENT, code: "InternalError" },
  { what: "with a server of three parts", ask: as("X-Road-Security-Server", "a/b/c"), place: CLIENT, code: "InternalError" },
  { what: "with a party of three parts", ask: as("X-Road-Represented-Party", "a/b/c"), place: CLIENT, code: "InternalError" },
  { what: "with a method X-Road does not take", ask: { method: "PROPFIND" }, place: CLIENT, code: "InternalError" },
  { what: "without a client", ask: { headers: [] }, place: CLIENT, code: "InvalidClientIdentifier" },
  { what: "of an unknown client", ask: { headers: ["X-Road-Client", cast.PROVIDER] }, place: CLIENT, code: "UnknownMember" },
  {
    what: "in the clear where TLS is demanded",
    ask: {},
    place: CLIENT,
    code: "SslAuthenticationFailed",
    knobs: { demand: "tls" },
    message: /over TLS/,
  },
  {
    what: "for a provider without a site",
    ask: at("XX/GOV/nobody/at/home"),
    place: CLIENT,
    code: "UnknownMember",
    message: /addresses/,
  },
  {
    what: "that insists on a server which is not the provider's",
    ask: as("X-Road-Security-Server", "XX/GOV/commune/commune"),
    place: CLIENT,
    code: "InvalidSecurityServer",
  },
  {
    what: "for a site in maintenance",
    ask: {},
    place: CLIENT,
    code: "MaintenanceMode",
    knobs: { maintenance: "back at noon" },
    message: /^back at noon$/,
  },
  { what: "when nobody listens there", ask: {}, place: CLIENT, code: "NetworkError", knobs: { address: NOBODY } },
  { what: "when the other site breaks off", ask: {}, place: CLIENT, code: "IOError", knobs: { address: cutsOff } },
  {
    what: "when a stranger answers",
    ask: {},
    place: CLIENT,
    code: "SslAuthenticationFailed",
    knobs: { stranger: true, address: unsigned },
  },
  {
    what: "when the authority is unknown",
    ask: {},
    place: CLIENT,
    code: "SslAuthenticationFailed",
    knobs: { address: unknownAuthority },
  },
  { what: "when the answer has no seal", ask: {}, place: CLIENT, code: "MissingSignature", knobs: { address: unsigned } },
  {
    what: "that is too large",
    ask: { method: "POST", body: "x".repeat(100_001) },
    place: CLIENT,
    code: "IOError",
    message: /^LoggingFailed: /,
  },
  { what: "when our disk takes nothing", ask: {}, place: CLIENT, code: "LoggingFailed", knobs: { diskFails: "commune" } },
  { what: "when the disk there takes nothing", ask: {}, place: SERVER, code: "LoggingFailed", knobs: { diskFails: "ministry" } },
  { what: "to a site that does not host the provider", ask: {}, place: SERVER, code: "UnknownMember", knobs: { unhosted: true } },
  {
    what: "in a name that is not the site's",
    ask: {},
    place: SERVER,
    code: "SslAuthenticationFailed",
    knobs: { notOfPeer: true },
  },
  { what: "for an unknown service", ask: at(`${cast.PROVIDER}/other`), place: SERVER, code: "UnknownService" },
  { what: "for a SOAP service", ask: at(cast.FIND_PERSON), place: SERVER, code: "ServiceType" },
  { what: "that no contract covers", ask: at(cast.SECRET), place: SERVER, code: "AccessDenied", message: /not allowed/ },
  { what: "for an endpoint outside the contract", ask: at(`${cast.BIRTHS}/other/1`), place: SERVER, code: "AccessDenied" },
  {
    what: "with a method outside the contract",
    ask: at(`${cast.BIRTHS}/records/1`, { method: "POST" }),
    place: SERVER,
    code: "AccessDenied",
  },
  { what: "whose path steps out", ask: at(`${cast.SERVICE}/a/..%2f..%2fb`), place: SERVER, code: "AccessDenied" },
  {
    what: "for a disabled service",
    ask: at(cast.CLOSED),
    place: SERVER,
    code: "ServiceDisabled",
    message: /is disabled: moving to a new house/,
  },
  { what: "for a service without address", ask: at(cast.HOMELESS), place: SERVER, code: "ServiceMissingUrl" },
  { what: "for a service with a bad address", ask: at(cast.CROOKED), place: SERVER, code: "ServiceMalformedUrl" },
  {
    what: "for a service that is away",
    ask: {},
    place: SERVER,
    code: "NetworkError",
    knobs: { offered: { url: `http://${NOBODY}` } },
  },
  {
    what: "for a service that hangs up",
    ask: {},
    place: SERVER,
    code: "NetworkError",
    knobs: { offered: { url: `http://${hangsUp}` } },
  },
  {
    what: "for a service with a certificate of nobody",
    ask: {},
    place: FAILED,
    code: "SslAuthenticationFailed",
    knobs: { offered: { url: `https://${unknownAuthority}/` } },
  },
  { what: "for a description of no service", ask: at(`${cast.PROVIDER}/getOpenAPI`), place: SERVER, code: "InvalidRequest" },
  {
    what: "for a description of an unknown service",
    ask: at(`${cast.PROVIDER}/getOpenAPI?serviceCode=other`),
    place: SERVER,
    code: "InternalError",
    message: /not found/,
  },
  {
    what: "for a description of a service that has none",
    ask: at(`${cast.PROVIDER}/getOpenAPI?serviceCode=person`),
    place: SERVER,
    code: "InternalError",
    message: /service type/,
  },
  {
    what: "for a description that is none",
    ask: at(`${cast.PROVIDER}/getOpenAPI?serviceCode=births`),
    place: SERVER,
    code: "InternalError",
    message: /Failed reading/,
    provide: (_request, _body, response) => response.end("hello: 1"),
  },
]
for (const row of rest) {
  test(`a REST request ${row.what} is ${row.place}.${row.code}`, async () => {
    const told = await both(row, ({ headers }) => headers["x-road-error"] as string)
    const { type, message, detail } = JSON.parse(told.body.toString()) as Record<string, string>
    assert.deepEqual([told.status, type, told.headers["content-type"]], [500, errorType(row.place, row.code), "application/json"])
    assert.match(detail!, /^[0-9a-f-]{36}$/)
    assert.match(message!, row.message ?? /./)
  })
}

test("more requests at once than the face carries are told to come again, in both protocols", async () => {
  turn({})
  const held: (() => void)[] = []
  const allHeld = new Promise<void>((resolve) => {
    sites.provide = (_request, _body, response) => {
      held.push(() => response.end())
      if (held.length === 3) resolve()
    }
  })
  const carried = Promise.all([sites.ask(), sites.ask(), sites.ask()])
  await allHeld
  assert.match((await sites.ask()).body.toString(), /"Server\.ClientProxy\.InternalError","message":"Too many requests at once/)
  assert.match((await sites.ask(soap())).body.toString(), /<faultstring>Too many requests at once/)
  for (const end of held) end()
  assert.deepEqual(
    (await carried).map(({ status }) => status),
    [200, 200, 200],
  )
})

test("a provider's checks come in X-Road's order: the service, its kind, the right, whether it is open", async () => {
  const type = async (ask: Ask, change: Knobs) => {
    turn(change)
    return (await sites.ask(ask)).headers["x-road-error"]
  }
  const closed = { offered: { disabled: "today" } }
  assert.equal(await type(at(`${cast.PROVIDER}/other`), closed), "Server.ServerProxy.UnknownService")
  assert.equal(
    await type(at(cast.FIND_PERSON, { headers: ["X-Road-Client", cast.STRANGER] }), closed),
    "Server.ServerProxy.ServiceType",
  )
  assert.equal(await type(at(cast.SECRET), closed), "Server.ServerProxy.AccessDenied")
  assert.equal(await type({}, closed), "Server.ServerProxy.ServiceDisabled")
})
