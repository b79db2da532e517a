// Every error code of X-Road that can reach a client, in the spelling up to 7.7 and in that of 7.8.

/** Spelling up to 7.7 → spelling of 7.8. Six do not follow from the other: the table says which. */
export const errorCodes = {
  IOError: "io_error", // not i_o_error
  NetworkError: "network_error",
  InternalError: "internal_error",
  BadRequest: "bad_request",
  NotFound: "not_found",
  HttpError: "http_error",
  DatabaseError: "database_error",
  InvalidResponse: "invalid_response",
  InvalidRequest: "invalid_request",
  UnknownHost: "unknown_host", // since 7.8, before it NetworkError
  CannotCreateSignature: "cannot_create_signature",
  CertValidation: "cert_validation",
  MissingValidationInfo: "missing_validation_info",
  IncorrectValidationInfo: "incorrect_validation_info",
  CannotCreateCertPath: "cannot_create_cert_path",
  CertValidityTime: "cert_validity_time",
  IncorrectCertificate: "incorrect_certificate",
  UnsupportedAlgorithm: "unsupported_algorithm",
  InvalidSignatureValue: "invalid_signature_value",
  MalformedSignature: "malformed_signature",
  InvalidXml: "invalid_xml",
  InvalidReference: "invalid_reference",
  InvalidCertPath: "invalid_cert_path",
  SignatureVerification: "signature_verification",
  MalformedSoap: "malformed_soap",
  TimestampValidation: "timestamp_validation",
  InvalidHashChain: "invalid_hash_chain",
  MalformedHashChain: "malformed_hash_chain",
  HashChainUnusedInputs: "hashchain_unused_inputs", // not hash_chain_unused_inputs
  InvalidHashChainRef: "invalid_hash_chain_ref",
  SslAuthenticationFailed: "ssl_authentication_failed",
  LoggingFailed: "logging_failed",
  TimestampingFailed: "timestamping_failed",
  InvalidContentType: "invalid_content_type",
  InvalidSoapAction: "invalid_soap_action",
  InvalidHttpMethod: "invalid_http_method",
  InvalidMessage: "invalid_message",
  InvalidSecurityServer: "invalid_security_server",
  MimeParsingFailed: "mime_parsing_failed",
  MissingHeader: "missing_header",
  MissingHeaderField: "missing_header_field",
  DuplicateHeaderField: "duplicate_header_field",
  MissingBody: "missing_body",
  InvalidBody: "invalid_body",
  InconsistentHeaders: "inconsistent_headers",
  InconsistentResponse: "inconsistent_response",
  MissingSoap: "missing_soap",
  InvalidSoap: "invalid_soap",
  MissingRest: "missing_rest",
  InvalidRest: "invalid_rest",
  AccessDenied: "access_denied",
  ServiceDisabled: "service_disabled",
  ServiceFailed: "service_failed",
  MissingSignature: "missing_signature",
  UnknownService: "unknown_service",
  InvalidProtocolVersion: "invalid_protocol_version",
  InvalidClientIdentifier: "invalid_client_identifier",
  ServiceType: "service_type", // named invalid_service_type inside X-Road, not on the wire
  ClientProxyVersionNotSupported: "client_proxy_version_not_supported",
  MaintenanceMode: "maintenance_mode",
  AsicInvalidContainer: "asic_invalid_container",
  AsicMimeTypeNotFound: "asic_mime_type_not_found",
  AsicSignatureNotFound: "asic_signature_not_found",
  AsicMessageNotFound: "asic_message_not_found",
  AsicInvalidMimeType: "asic_invalid_mime_type",
  AsicHashChainResultNotFound: "asic_hash_chain_result_not_found",
  AsicHashChainNotFound: "asic_hash_chain_not_found",
  AsicTimestampNotFound: "asic_timestamp_not_found",
  AsicManifestNotFound: "asic_manifest_not_found",
  UnknownMember: "unknown_member",
  MalformedServerConf: "malformed_server_conf",
  MalformedGlobalConf: "malformed_global_conf",
  OutdatedGlobalConf: "global_conf_outdated", // not outdated_global_conf
  ServiceMissingUrl: "service_missing_url",
  ServiceMalformedUrl: "service_malformed_url",
  HSMNonOperational: "hsm_non_operational", // not h_s_m_non_operational
  KeyNotFound: "key_not_found",
  CertNotFound: "cert_not_found",
  CsrNotFound: "csr_not_found",
  TokenNotFound: "token_not_found",
  TokenNotActive: "token_not_active",
  CannotSign: "cannot_sign",
  LoginFailed: "login_failed",
  PinIncorrect: "pin_incorrect",
  TimestamperFailed: "timestamper_failed",
} as const

export type ErrorCode = keyof typeof errorCodes

/** Whose fault it is: the request's own (SOAP only), found at the consumer's or at the provider's node, or passed on from beyond it. */
export const places = [
  "Client",
  "Server.ClientProxy",
  "Server.ClientProxy.ServiceFailed",
  "Server.ServerProxy",
  "Server.ServerProxy.ServiceFailed",
] as const
export type Place = (typeof places)[number]

/** `classic`: `Server.ClientProxy.UnknownMember`; `snake` (7.8): `server.clientproxy.unknown_member`. */
export type Dialect = "classic" | "snake"

/** The code as it goes into `type`, `faultcode` and X-Road-Error. */
export function errorType(place: Place, code: ErrorCode, dialect: Dialect = "classic"): string {
  if (dialect === "classic") return `${place}.${code}`
  return `${place.toLowerCase().replace("servicefailed", errorCodes.ServiceFailed)}.${errorCodes[code]}`
}
