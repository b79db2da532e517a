// What sites say to each other as JSON, in the body of a SOAP message: for a road that carries nothing else.
import { childElements, escapeXml, type SoapMessage } from "#engines/xroad"

/** The namespace of the wrapper and of what is in it. */
export const EXCHANGE_NS = "urn:motlan:exchange"

/** What a REST request says in its path, its header and its body. */
export interface SaidInSoap {
  readonly path: string
  readonly purpose: string
  readonly json: string
}

/** The body of a request for the service with this code. */
export const requestXml = (code: string, { path, purpose, json }: SaidInSoap): string =>
  wrapped(code, { path, purpose, json: printable(json) })

/** The body of the answer to it. */
export const answerXml = (code: string, status: number, json: string): string =>
  wrapped(`${code}Response`, { status: String(status), json: printable(json) })

/** What a request says; undefined for another body. */
export function readRequest({ wrapper }: SoapMessage): SaidInSoap | undefined {
  const { path, purpose, json } = fieldsOf(wrapper)
  return path?.startsWith("/") && purpose !== undefined && json !== undefined ? { path, purpose, json } : undefined
}

/** What an answer says; undefined for another body. */
export function readAnswer({ wrapper }: SoapMessage): { readonly status: number; readonly json: string } | undefined {
  const { status = "", json } = fieldsOf(wrapper)
  return /^[1-5]\d\d$/.test(status) && json !== undefined ? { status: Number(status), json } : undefined
}

function wrapped(name: string, fields: Readonly<Record<string, string>>): string {
  const inside = Object.entries(fields).map(([field, text]) => `<m:${field}>${escapeXml(text)}</m:${field}>`)
  return `<m:${name} xmlns:m="${EXCHANGE_NS}">${inside.join("")}</m:${name}>`
}

/** XML 1.0 can't hold these two; JSON can spell them. */
const printable = (json: string): string => json.replace(/[\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`)

function fieldsOf(wrapper: SoapMessage["wrapper"]): Readonly<Record<string, string | undefined>> {
  const fields = wrapper.uri === EXCHANGE_NS ? childElements(wrapper, EXCHANGE_NS) : []
  const isText = (child: unknown): child is string => typeof child === "string"
  return Object.fromEntries(fields.map(({ local, children }) => [local, children.every(isText) ? children.join("") : undefined]))
}

/** The description of such a service, for a security server that adds SOAP services by their WSDL. */
export function wsdlOf(code: string, address: string): string {
  const field = (name: string, type: string) => `<xsd:element name="${name}" type="xsd:${type}"/>`
  const element = (name: string, fields: string) =>
    `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${fields}</xsd:sequence></xsd:complexType></xsd:element>`
  const name = escapeXml(code)
  const types =
    element(name, field("path", "string") + field("purpose", "string") + field("json", "string")) +
    element(`${name}Response`, field("status", "int") + field("json", "string"))
  const message = (of: string) => `<wsdl:message name="${of}"><wsdl:part name="body" element="m:${of}"/></wsdl:message>`
  return (
    `<?xml version="1.0" encoding="UTF-8"?><wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" ` +
    `xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:m="${EXCHANGE_NS}" ` +
    `targetNamespace="${EXCHANGE_NS}" name="${name}">` +
    `<wsdl:types><xsd:schema targetNamespace="${EXCHANGE_NS}" elementFormDefault="qualified">${types}</xsd:schema></wsdl:types>` +
    `${message(name)}${message(`${name}Response`)}` +
    `<wsdl:portType name="port"><wsdl:operation name="${name}"><wsdl:input message="m:${name}"/>` +
    `<wsdl:output message="m:${name}Response"/></wsdl:operation></wsdl:portType>` +
    `<wsdl:binding name="binding" type="m:port"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>` +
    `<wsdl:operation name="${name}"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input>` +
    `<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>` +
    `<wsdl:service name="${name}"><wsdl:port name="port" binding="m:binding"><soap:address location="${escapeXml(address)}"/>` +
    `</wsdl:port></wsdl:service></wsdl:definitions>`
  )
}
