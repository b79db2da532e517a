/** The X-Road message protocols (REST version 1, SOAP version 4.0 and their metadata services) as far as they need no network. */
export { compileEndpoints, type Endpoint, type Endpoints, WHOLE_SERVICE } from "./endpoints.ts"
export { type Dialect, type ErrorCode, errorCodes, errorType, type Place, places } from "./error-codes.ts"
export {
  errorContentType,
  errorFrom,
  errorOf,
  type Rendered,
  renderRestError,
  renderSoapFault,
  restStatus,
  type XRoadError,
} from "./errors.ts"
export {
  lastHeader,
  MESSAGE_ID_LENGTH_MAX,
  messageHeaders,
  newMessageId,
  parseRepresentedParty,
  providerHeaders,
  type RawHeaders,
  type RepresentedParty,
  type RequestHeaders,
  readRequestHeaders,
  responseHeaders,
  SKIPPED_HEADERS,
} from "./headers.ts"
export {
  type Health,
  healthAnswer,
  METRIC_FIELDS_MAX,
  type Metric,
  type Metrics,
  metricsAnswer,
  readHealthQuery,
  readMetricsQuery,
  type ServiceHealth,
  type Spread,
} from "./health-data.ts"
export {
  type ClientId,
  type GlobalGroupId,
  ID_PART_LENGTH_MAX,
  type IdType,
  idParts,
  type LocalGroupId,
  type MemberId,
  parseClientId,
  parseId,
  printId,
  providerOf,
  type ServerId,
  type ServiceId,
  type SubsystemId,
  sameId,
  type XRoadId,
} from "./identifiers.ts"
export {
  type ListedClient,
  type ListedService,
  listClientsJson,
  listClientsXml,
  listMethodsJson,
  listMethodsXml,
  METASERVICES,
  permittedServices,
  renderListClients,
} from "./metadata.ts"
export { buildMultipart, firstPart, type Part, parseMultipart } from "./multipart.ts"
export { hideServers, type OpenApiDescription } from "./openapi.ts"
export { type OperationalQuery, type OperationalRecord, operationalAnswer, readOperationalQuery } from "./operational-data.ts"
export { type DescribedOperation, type DescribedService, operationsOfOpenApi, operationsOfWsdl } from "./operations.ts"
export { compileGlob, matchablePath } from "./path-glob.ts"
export type { Accepted, Reading, Refused, Warning } from "./reading.ts"
export { type HashedRequest, newBodyDigest, requestHash, requestHeadBytes } from "./request-hash.ts"
export { type Face, faceOf, joinServiceUrl, parseRestTarget, REST_METHODS, type RestTarget } from "./rest-path.ts"
export { type SituationName, situations } from "./situations.ts"
export {
  type Attachment,
  answerDifferences,
  SHA512_ALGORITHM,
  type SoapAnswer,
  soapAnswer,
  withRequestHash,
} from "./soap-answer.ts"
export type { SoapHeader } from "./soap-header.ts"
export {
  isSoapAction,
  parseSoapRequest,
  parseSoapResponse,
  type SoapCall,
  type SoapFault,
  type SoapMessage,
  soapRequestHash,
} from "./soap-message.ts"
export { SOAP_CONTENT_TYPE, type SoapRequest, soapRequest } from "./soap-request.ts"
export { HIDDEN_ENDPOINT, hideAddresses, readWsdlQuery, type WsdlQuery, wsdlAnswer } from "./wsdl.ts"
export { escapeXml } from "./xml-text.ts"
export { childElements, NotXml, readXml, XML_LIMITS, type XmlElement } from "./xml-tree.ts"
