// Errors of the road: each situation with its code in both spellings, and how REST and SOAP clients get to see it.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  type ErrorCode,
  errorCodes,
  errorContentType,
  errorFrom,
  errorOf,
  errorType,
  parseRestTarget,
  parseSoapResponse,
  places,
  renderRestError,
  renderSoapFault,
  restStatus,
  type SituationName,
  situations,
} from "./index.ts"

const DETAIL = "0d3f8a52-0000-4000-8000-000000000001"

/** What clients of 7.7 and of 7.8 see of each. */
const rows: Record<SituationName, [string, string]> = {
  "configuration-expired": ["Server.ClientProxy.OutdatedGlobalConf", "server.clientproxy.global_conf_outdated"],
  "no-authentication-certificate": ["Server.ClientProxy.SslAuthenticationFailed", "server.clientproxy.ssl_authentication_failed"],
  "request-malformed": ["Server.ClientProxy.InternalError", "server.clientproxy.internal_error"],
  "client-missing": ["Server.ClientProxy.InvalidClientIdentifier", "server.clientproxy.invalid_client_identifier"],
  "client-unknown": ["Server.ClientProxy.UnknownMember", "server.clientproxy.unknown_member"],
  "client-not-authenticated": ["Server.ClientProxy.SslAuthenticationFailed", "server.clientproxy.ssl_authentication_failed"],
  "provider-without-server": ["Server.ClientProxy.UnknownMember", "server.clientproxy.unknown_member"],
  "server-not-of-provider": ["Server.ClientProxy.InvalidSecurityServer", "server.clientproxy.invalid_security_server"],
  "server-in-maintenance": ["Server.ClientProxy.MaintenanceMode", "server.clientproxy.maintenance_mode"],
  "peer-unreachable": ["Server.ClientProxy.NetworkError", "server.clientproxy.network_error"],
  "peer-broke-off": ["Server.ClientProxy.IOError", "server.clientproxy.io_error"],
  "peer-not-authenticated": ["Server.ClientProxy.SslAuthenticationFailed", "server.clientproxy.ssl_authentication_failed"],
  "body-too-large": ["Server.ClientProxy.IOError", "server.clientproxy.io_error"],
  "log-failed": ["Server.ClientProxy.LoggingFailed", "server.clientproxy.logging_failed"],
  "signing-key-away": ["Server.ClientProxy.HSMNonOperational", "server.clientproxy.hsm_non_operational"],
  "timestamps-too-old": ["Server.ClientProxy.TimestampingFailed", "server.clientproxy.timestamping_failed"],
  "answer-not-readable": ["Server.ClientProxy.ServiceFailed.InvalidMessage", "server.clientproxy.service_failed.invalid_message"],
  "answer-without-rest": ["Server.ClientProxy.MissingRest", "server.clientproxy.missing_rest"],
  "answer-without-soap": ["Server.ClientProxy.MissingSoap", "server.clientproxy.missing_soap"],
  "answer-without-signature": ["Server.ClientProxy.MissingSignature", "server.clientproxy.missing_signature"],
  "answer-differs": ["Server.ClientProxy.InconsistentResponse", "server.clientproxy.inconsistent_response"],
  "answer-signature-wrong": ["Server.ClientProxy.InvalidSignatureValue", "server.clientproxy.invalid_signature_value"],
  "answer-certificate-wrong": ["Server.ClientProxy.CertValidation", "server.clientproxy.cert_validation"],
  "provider-unknown": ["Server.ServerProxy.UnknownMember", "server.serverproxy.unknown_member"],
  "consumer-not-authenticated": ["Server.ServerProxy.SslAuthenticationFailed", "server.serverproxy.ssl_authentication_failed"],
  "consumer-too-old": [
    "Server.ServerProxy.ClientProxyVersionNotSupported",
    "server.serverproxy.client_proxy_version_not_supported",
  ],
  "service-unknown": ["Server.ServerProxy.UnknownService", "server.serverproxy.unknown_service"],
  "service-of-other-type": ["Server.ServerProxy.ServiceType", "server.serverproxy.service_type"],
  "not-permitted": ["Server.ServerProxy.AccessDenied", "server.serverproxy.access_denied"],
  "service-disabled": ["Server.ServerProxy.ServiceDisabled", "server.serverproxy.service_disabled"],
  "service-without-url": ["Server.ServerProxy.ServiceMissingUrl", "server.serverproxy.service_missing_url"],
  "service-url-malformed": ["Server.ServerProxy.ServiceMalformedUrl", "server.serverproxy.service_malformed_url"],
  "service-unreachable": ["Server.ServerProxy.NetworkError", "server.serverproxy.network_error"],
  "soap-service-unreachable": [
    "Server.ServerProxy.ServiceFailed.NetworkError",
    "server.serverproxy.service_failed.network_error",
  ],
  "soap-service-host-unknown": ["Server.ServerProxy.ServiceFailed.UnknownHost", "server.serverproxy.service_failed.unknown_host"],
  "service-certificate-unknown": [
    "Server.ServerProxy.ServiceFailed.SslAuthenticationFailed",
    "server.serverproxy.service_failed.ssl_authentication_failed",
  ],
  "soap-service-status": ["Server.ServerProxy.ServiceFailed.HttpError", "server.serverproxy.service_failed.http_error"],
  "soap-answer-differs": [
    "Server.ServerProxy.ServiceFailed.InconsistentResponse",
    "server.serverproxy.service_failed.inconsistent_response",
  ],
  "openapi-service-missing": ["Server.ServerProxy.InvalidRequest", "server.serverproxy.invalid_request"],
  "openapi-service-unknown": ["Server.ServerProxy.InternalError", "server.serverproxy.internal_error"],
  "openapi-not-openapi": ["Server.ServerProxy.InternalError", "server.serverproxy.internal_error"],
}

test("each situation has the type that clients of 7.7 and of 7.8 know", () => {
  assert.deepEqual(Object.keys(rows).sort(), Object.keys(situations).sort())
  for (const [name, [classic, snake]] of Object.entries(rows)) {
    const { place, code } = errorOf(name as SituationName)
    assert.equal(errorType(place, code), classic, name)
    assert.equal(errorType(place, code, "snake"), snake, name)
  }
})

test("at the provider a service is looked for, then its type, then the right, then whether it is switched off", () => {
  const order = ["service-unknown", "service-of-other-type", "not-permitted", "service-disabled"]
  assert.deepEqual(
    Object.keys(situations).filter((name) => order.includes(name)),
    order,
  )
})

test("the new spelling follows from the old one but for the known exceptions, and no two codes share one", () => {
  const irregular: Partial<Record<ErrorCode, string>> = {
    IOError: "io_error",
    HSMNonOperational: "hsm_non_operational",
    OutdatedGlobalConf: "global_conf_outdated",
    HashChainUnusedInputs: "hashchain_unused_inputs",
  }
  for (const [code, snake] of Object.entries(errorCodes)) {
    const regular = code.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase()
    assert.equal(snake, irregular[code as ErrorCode] ?? regular)
  }
  assert.equal(new Set(Object.values(errorCodes)).size, Object.keys(errorCodes).length)
})

test("a broken SOAP request is the client's fault in both spellings", () => {
  const codes = ["InvalidHttpMethod", "InvalidContentType", "InvalidSoap", "InvalidXml", "MissingSoap", "MissingHeader"] as const
  const more = ["MissingHeaderField", "DuplicateHeaderField", "MissingBody", "InvalidBody", "InconsistentHeaders"] as const
  for (const code of [...codes, ...more, "InvalidProtocolVersion", "InvalidSoapAction"] as const) {
    assert.equal(errorType("Client", code), `Client.${code}`)
    assert.equal(errorType("Client", code, "snake"), `client.${errorCodes[code]}`)
  }
})

test("the message is filled with what is known, and with nothing else", () => {
  assert.equal(errorOf("client-unknown", { client: "VN/GOV/1/{b}" }).message, "Client 'VN/GOV/1/{b}' not found")
  assert.equal(errorOf("client-unknown").message, "Client '' not found")
  assert.equal(errorOf("server-in-maintenance", { notice: "back at 8" }).message, "back at 8")
})

test("REST errors of a server have status 500, all others 400, in both spellings", () => {
  for (const place of places)
    for (const dialect of ["classic", "snake"] as const)
      assert.equal(restStatus(errorType(place, "InternalError", dialect)), place === "Client" ? 400 : 500)
})

test("a REST client gets JSON with the type in X-Road-Error, and the UUID under which the operator finds it", () => {
  const { status, headers, body } = renderRestError(errorOf("client-unknown", { client: "VN/GOV/1" }, DETAIL), undefined)
  assert.equal(status, 500)
  assert.deepEqual(headers, ["Content-Type", "application/json", "X-Road-Error", "Server.ClientProxy.UnknownMember"])
  assert.deepEqual(JSON.parse(body.toString()), {
    type: "Server.ClientProxy.UnknownMember",
    message: "Client 'VN/GOV/1' not found",
    detail: DETAIL,
  })
})

test("a REST client that names XML gets XML", () => {
  const error = errorOf("request-malformed", { reason: "<a&b>\u0000" }, DETAIL)
  const { headers, body } = renderRestError(error, "application/json, application/xml;q=0.1", "snake")
  assert.deepEqual(headers, [
    ...["Content-Type", "application/xml;charset=utf-8"],
    ...["X-Road-Error", "server.clientproxy.internal_error"],
  ])
  assert.equal(
    body.toString(),
    `<error><type>server.clientproxy.internal_error</type><message>&lt;a&amp;b&gt;\ufffd</message><detail>${DETAIL}</detail></error>`,
  )
})

test("Accept decides by what it names first, never by q", () => {
  for (const [accept, type] of [
    [undefined, "application/json"],
    ["", "application/json"],
    ["*/*", "application/json"],
    ["application/json", "application/json"],
    ["text/html", "application/json"],
    ["text/xml", "text/xml;charset=utf-8"],
    ["text/*", "text/xml;charset=utf-8"],
    ["application/json;q=1, text/xml;q=0", "text/xml;charset=utf-8"],
    ["application/xml, text/xml", "application/xml;charset=utf-8"],
    ["text/*, application/xml", "text/xml;charset=utf-8"],
    [" TEXT/XML ; charset=x", "text/xml;charset=utf-8"],
  ] as const)
    assert.equal(errorContentType(accept), type, String(accept))
})

test("a SOAP client gets a fault with status 200 and an empty SOAPAction, and can read it", () => {
  const error = errorFrom("Client", { ok: false, code: "MissingBody", message: "no <body>" }, DETAIL)
  const { status, headers, body } = renderSoapFault(error)
  assert.equal(status, 200)
  assert.deepEqual(headers, ["Content-Type", "text/xml; charset=utf-8", "SOAPAction", '""'])
  assert.match(body.toString(), /<detail><faultDetail xmlns="">0d3f8a52[^<]*<\/faultDetail><\/detail>/)
  assert.doesNotMatch(body.toString(), /faultactor/)
  const read = parseSoapResponse("text/xml; charset=utf-8", body)
  assert.deepEqual(read.ok && read.value, { code: "Client.MissingBody", message: "no <body>", detail: DETAIL })
  assert.match(renderSoapFault(error, "snake", "urn:node").body.toString(), /client\.missing_body.*<faultactor>urn:node</)
})

test("what a reader refuses becomes an error of the place that found it", () => {
  const refused = parseRestTarget("/r1/VN")
  assert.ok(!refused.ok)
  assert.deepEqual(errorFrom("Server.ClientProxy", refused), {
    place: "Server.ClientProxy",
    code: "InternalError",
    message: "Invalid request URI",
  })
})
