// What can go wrong in an exchange, in the order in which it is checked, and the code that X-Road's clients expect of it.
import type { ErrorCode, Place } from "./error-codes.ts"

interface Situation {
  readonly place: Place
  readonly code: ErrorCode
  /** `{name}` is filled in. */
  readonly message: string
}

/** Found by the consumer's node, about the consumer, the provider's address, the way to it and what came back. */
const consumerSide = {
  "configuration-expired": consumer("OutdatedGlobalConf", "Global configuration is expired"),
  "no-authentication-certificate": consumer("SslAuthenticationFailed", "Security server has no valid authentication certificate"),
  "request-malformed": consumer("InternalError", "{reason}"),
  "client-missing": consumer("InvalidClientIdentifier", "Client identifier is missing"),
  "client-unknown": consumer("UnknownMember", "Client '{client}' not found"),
  "client-not-authenticated": consumer("SslAuthenticationFailed", "Client '{client}' is not authenticated: {reason}"),
  "provider-without-server": consumer("UnknownMember", 'Could not find addresses for service provider "{provider}"'),
  "server-not-of-provider": consumer("InvalidSecurityServer", 'Invalid security server "{server}" for "{provider}"'),
  "server-in-maintenance": consumer("MaintenanceMode", "{notice}"),
  "peer-unreachable": consumer("NetworkError", "Could not connect to any target host ({host})"),
  "peer-broke-off": consumer("IOError", "{reason}"),
  "peer-not-authenticated": consumer("SslAuthenticationFailed", "{reason}"),
  "body-too-large": consumer("IOError", "LoggingFailed: Message size exceeds maximum loggable size"),
  "log-failed": consumer("LoggingFailed", "{reason}"),
  "signing-key-away": consumer("HSMNonOperational", "The token with the signing key does not answer"),
  "timestamps-too-old": consumer("TimestampingFailed", "Cannot time-stamp messages"),
  "answer-not-readable": beyondConsumer("InvalidMessage", "{reason}"),
  "answer-without-rest": consumer("MissingRest", "Response does not have REST message"),
  "answer-without-soap": consumer("MissingSoap", "Response does not have SOAP message"),
  "answer-without-signature": consumer("MissingSignature", "Response does not have signature"),
  "answer-differs": consumer("InconsistentResponse", "Response from server proxy is not consistent with request: {reason}"),
  "answer-signature-wrong": consumer("InvalidSignatureValue", "{reason}"),
  "answer-certificate-wrong": consumer("CertValidation", "{reason}"),
} as const

/** Found by the provider's node; service, its type, the right and the notice are checked in this order. */
const providerSide = {
  "provider-unknown": provider("UnknownMember", "Client '{provider}' not found"),
  "consumer-not-authenticated": provider("SslAuthenticationFailed", "{reason}"),
  "consumer-too-old": provider("ClientProxyVersionNotSupported", "Client security server version {version} is not supported"),
  "service-unknown": provider("UnknownService", "Unknown service: {service}"),
  "service-of-other-type": provider("ServiceType", "Service is a {actual} service and does not accept {wanted} requests"),
  "not-permitted": provider("AccessDenied", "Request is not allowed: {service}"),
  "service-disabled": provider("ServiceDisabled", "Service {service} is disabled: {notice}"),
  "service-without-url": provider("ServiceMissingUrl", "Service address not specified for '{service}'"),
  "service-url-malformed": provider("ServiceMalformedUrl", "Malformed service address for '{service}'"),
  "service-unreachable": provider("NetworkError", "{reason}"),
  "soap-service-unreachable": beyondProvider("NetworkError", "{reason}"),
  "soap-service-host-unknown": beyondProvider("UnknownHost", "{reason}"),
  "service-certificate-unknown": beyondProvider("SslAuthenticationFailed", "{reason}"),
  "soap-service-status": beyondProvider("HttpError", "Server responded with error {status}: {reason}"),
  "soap-answer-differs": beyondProvider("InconsistentResponse", "{reason}"),
  "openapi-service-missing": provider("InvalidRequest", "Missing serviceCode in message body"),
  "openapi-service-unknown": provider("InternalError", "Service not found: {service}"),
  "openapi-not-openapi": provider("InternalError", "Invalid service type: {service}"),
} as const

export const situations = { ...consumerSide, ...providerSide } as const satisfies Record<string, Situation>
export type SituationName = keyof typeof situations

function consumer<const C extends ErrorCode>(code: C, message: string) {
  return { place: "Server.ClientProxy", code, message } as const
}
function beyondConsumer<const C extends ErrorCode>(code: C, message: string) {
  return { place: "Server.ClientProxy.ServiceFailed", code, message } as const
}
function provider<const C extends ErrorCode>(code: C, message: string) {
  return { place: "Server.ServerProxy", code, message } as const
}
function beyondProvider<const C extends ErrorCode>(code: C, message: string) {
  return { place: "Server.ServerProxy.ServiceFailed", code, message } as const
}
