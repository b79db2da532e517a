// The fields Signature-Input and Signature (RFC 9421 section 4): written, and read as pairs.
import type { KeyObject } from "node:crypto"
import { type SignatureAlgorithm, signBase } from "./algorithms.ts"
import { type Component, componentOf } from "./component.ts"
import { type Fields, joinedValue, type Message, pickFields } from "./message.ts"
import { parseDictionary } from "./parse-field.ts"
import type { CompiledBase } from "./signature-base.ts"
import { SignatureError } from "./signature-error.ts"
import { type ParametersOfSignature, signatureParametersOf, signatureParametersText } from "./signature-parameters.ts"
import { bytesText, isInnerList, parametersText } from "./structured-field.ts"

export const SIGNATURES_MAX = 16
export const SIGNATURE_BYTES_MAX = 1024

/** A member of Signature-Input. */
export interface SignatureInput {
  readonly label: string
  readonly components: readonly Component[]
  /** `("@method" "@path")` */
  readonly covered: string
  readonly parameters: ParametersOfSignature
  /** All parameters, unknown ones too, as they are signed: `;created=1;keyid="a"`. */
  readonly parametersText: string
}

export interface ReceivedSignature extends SignatureInput {
  readonly signature: Uint8Array
}

/** The value of Signature-Input for one signature. */
export function signatureInputField(label: string, base: CompiledBase, parameters: ParametersOfSignature): string {
  return `${label}=${base.covered}${signatureParametersText(parameters)}`
}

/** The value of Signature for one signature. */
export const signatureField = (label: string, signature: Uint8Array): string => `${label}=${bytesText(signature)}`

/**
 * Reads Signature-Input. Throws SignatureError "field-syntax", "field-too-long" (more than 16), "field-duplicate" and what components may
 * throw.
 */
export function parseSignatureInput(value: string): SignatureInput[] {
  const members = [...parseDictionary(value, { unique: true })]
  if (members.length > SIGNATURES_MAX) throw new SignatureError("field-too-long", `more than ${SIGNATURES_MAX} signatures`)
  return members.map(([label, member]) => {
    if (!isInnerList(member)) throw new SignatureError("field-syntax", `${label} covers nothing`)
    const components = member.items.map(componentOf)
    return {
      label,
      components,
      covered: `(${components.map(({ text }) => text).join(" ")})`,
      parameters: signatureParametersOf(member.parameters),
      parametersText: parametersText(member.parameters),
    }
  })
}

/** Reads Signature: the bytes by label. Throws as parseSignatureInput. */
export function parseSignature(value: string): Map<string, Uint8Array> {
  const members = [...parseDictionary(value, { unique: true })]
  if (members.length > SIGNATURES_MAX) throw new SignatureError("field-too-long", `more than ${SIGNATURES_MAX} signatures`)
  return new Map(
    members.map(([label, member]) => {
      if (isInnerList(member) || member.bare.kind !== "bytes") throw new SignatureError("field-syntax", `${label} has no bytes`)
      if (member.bare.value.length > SIGNATURE_BYTES_MAX) throw new SignatureError("field-too-long", label)
      return [label, member.bare.value]
    }),
  )
}

const places = new Map([
  ["signature-input", 0],
  ["signature", 1],
])

/**
 * The signatures of a message, in order. None is an empty list; an input without its signature or the reverse is "signature-missing".
 * Throws as parseSignatureInput.
 */
export function signaturesOf(fields: Fields): ReceivedSignature[] {
  const [input, signature] = pickFields(fields, places)
  const inputs = input === undefined ? [] : parseSignatureInput(joinedValue(input))
  const bytes = signature === undefined ? new Map<string, Uint8Array>() : parseSignature(joinedValue(signature))
  if (bytes.size !== inputs.length) throw new SignatureError("signature-missing", "as many inputs as signatures")
  return inputs.map((each) => {
    const found = bytes.get(each.label)
    if (!found) throw new SignatureError("signature-missing", each.label)
    return { ...each, signature: found }
  })
}

/**
 * The signature under a label, if it covers exactly what `base` covers, in its order; much faster than signaturesOf where both sides have
 * agreed on that. Throws "signature-missing", "signature-incomplete" for another list of components, and as parseSignatureInput.
 */
export function signatureOver(
  fields: Fields,
  label: string,
  base: CompiledBase,
): Pick<ReceivedSignature, "parameters" | "parametersText" | "signature"> {
  const picked = pickFields(fields, places)
  const [input, value] = [joinedValue(picked[0] ?? ""), joinedValue(picked[1] ?? "")]
  const signature = parseSignature(value).get(label)
  const head = `${label}=${base.covered}`
  // Without its list of components, known by heart, what remains is short. Should it not be the text that we expect, the whole is read.
  const inputs = parseSignatureInput(input.startsWith(head) ? `${label}=()${input.slice(head.length)}` : input)
  const found = inputs.find((each) => each.label === label)
  if (!found || !signature) throw new SignatureError("signature-missing", label)
  if (!input.startsWith(head) && found.covered !== base.covered) throw new SignatureError("signature-incomplete", found.covered)
  return { parameters: found.parameters, parametersText: found.parametersText, signature }
}

export interface Signing {
  readonly label: string
  readonly key: KeyObject
  readonly algorithm: SignatureAlgorithm
  /** `alg` needs not be among them; if it is, it must be `algorithm`. */
  readonly parameters: ParametersOfSignature
}

/** Signs a message: the values of both fields for the caller to add. Throws what the base may throw, and "key-unfit". */
export function signMessage(
  message: Message,
  base: CompiledBase,
  { label, key, algorithm, parameters }: Signing,
): { "signature-input": string; signature: string } {
  if (parameters.alg !== undefined && parameters.alg !== algorithm) throw new SignatureError("key-unfit", parameters.alg)
  const text = signatureParametersText(parameters)
  return {
    "signature-input": `${label}=${base.covered}${text}`,
    signature: signatureField(label, signBase(base(message, text), key, algorithm)),
  }
}
