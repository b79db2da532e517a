/** The HTTP signatures engine: structured fields, digest fields (RFC 9530), and message signatures (RFC 9421). */
export { isSignatureOf, type SignatureAlgorithm, signatureAlgorithms, signBase } from "./algorithms.ts"
export { type Component, component } from "./component.ts"
export {
  checkContentDigest,
  checkDigestField,
  chooseDigest,
  contentDigest,
  type DigestAlgorithm,
  type Digests,
  type DigestWish,
  digestAlgorithms,
  digestField,
  digestOf,
  parseDigestField,
  parseWantDigest,
  runningDigest,
} from "./digest.ts"
export type { Fields, Message, RequestMessage, ResponseMessage } from "./message.ts"
export { parseDictionary, parseItem, parseList, type Strictness } from "./parse-field.ts"
export {
  parseSignature,
  parseSignatureInput,
  type ReceivedSignature,
  type SignatureInput,
  type Signing,
  signatureField,
  signatureInputField,
  signatureOver,
  signaturesOf,
  signMessage,
} from "./signature.ts"
export { type CompiledBase, compileBase, type FieldKind, type FieldKinds } from "./signature-base.ts"
export { SignatureError, type SignatureFault } from "./signature-error.ts"
export { type ParametersOfSignature, signatureParametersText } from "./signature-parameters.ts"
export {
  type BareItem,
  type Dictionary,
  dictionaryText,
  type InnerList,
  type Item,
  itemOf,
  listText,
  type Member,
  memberText,
  type Parameters,
} from "./structured-field.ts"
export {
  type MessageVerifier,
  messageVerifier,
  type VerificationKey,
  type VerificationRules,
  type VerifiedSignature,
} from "./verify-message.ts"
