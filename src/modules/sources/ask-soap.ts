// A SOAP service, document/literal: one element for each parameter, in the order of the declaration; records out of the element that answers.
import { childElements, escapeXml, NotXml, readXml, XML_LIMITS, type XmlElement } from "#engines/xroad"
import { openHttp } from "./ask-http.ts"
import { rowsOf } from "./ask-rest.ts"
import type { Asker } from "./asker.ts"
import { SourceFailure } from "./failure.ts"
import { ANSWER_BYTES_MAX, ANSWER_DEPTH_MAX } from "./limits.ts"
import type { Parameters } from "./mapping.ts"
import type { SoapSource } from "./source-file.ts"

const ENVELOPES = {
  "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
  "1.2": "http://www.w3.org/2003/05/soap-envelope",
} as const
const limits = { ...XML_LIMITS, textLengthMax: ANSWER_BYTES_MAX, depthMax: ANSWER_DEPTH_MAX }

export function openSoap(declared: SoapSource, folder: string, atOnce: number): Asker {
  const { url, version = "1.1", action = "", repeatable = false } = declared
  const http = openHttp(declared, folder, atOnce)
  const headers = {
    "1.1": { "content-type": "text/xml; charset=utf-8", soapaction: `"${action}"` },
    "1.2": { "content-type": `application/soap+xml; charset=utf-8${action && `; action="${action}"`}` },
  }[version]
  return {
    ask: async (question) => {
      const body = envelopeOf(declared, version, question.parameters)
      const call = { url, method: "POST", headers, body, isRepeatable: repeatable, hasFaults: true } as const
      const answer = await http.call(call, question)
      if (answer.status !== 200 && answer.status !== 500) throw new SourceFailure("refused", String(answer.status))
      const told = answerIn(answer.body.toString("utf8"), ENVELOPES[version])
      if (answer.status === 500) throw new SourceFailure("status", "500")
      return rowsOf(told, declared.rows, question.rowsMax)
    },
    close: http.close,
  }
}

function envelopeOf(
  { namespace, operation, qualified = false }: SoapSource,
  version: "1.1" | "1.2",
  parameters: Parameters,
): string {
  const prefix = qualified ? "o:" : ""
  const elements = Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<${prefix}${name}>${escapeXml(String(value))}</${prefix}${name}>`)
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${ENVELOPES[version]}"><s:Body><o:${operation} xmlns:o="${escapeXml(namespace)}">${elements.join("")}</o:${operation}></s:Body></s:Envelope>`
}

function answerIn(text: string, envelope: string): unknown {
  try {
    const root = readXml(text, undefined, limits)
    const body = childElements(root, envelope, "Body")[0]
    const told = body && childElements(body)[0]
    if (root.uri !== envelope || !told) throw new SourceFailure("answer-unreadable", "envelope")
    if (told.uri === envelope && told.local === "Fault") throw new SourceFailure("refused", "Fault")
    return plain(told)
  } catch (error) {
    throw error instanceof NotXml ? new SourceFailure("answer-unreadable", "xml") : error
  }
}

/** Elements as an object by their local names, those of one name as a list, text as text. */
function plain(element: XmlElement): unknown {
  const children = childElements(element)
  if (element.attributes.some(({ local, value }) => local === "nil" && /^(true|1)$/.test(value))) return null
  if (children.length === 0) return element.children.join("")
  const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const child of children) {
    const before = found[child.local]
    const value = plain(child)
    if (!Object.hasOwn(found, child.local)) found[child.local] = value
    else if (Array.isArray(before)) before.push(value)
    else found[child.local] = [before, value]
  }
  return { ...found }
}
