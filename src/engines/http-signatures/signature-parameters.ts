// The parameters of a signature (RFC 9421 section 2.3): when, by which key, for what.
import { SignatureError } from "./signature-error.ts"
import { type BareItem, integerText, type Parameters, stringText } from "./structured-field.ts"

/** Written in the order of the object's keys. Times are seconds since 1970. */
export interface ParametersOfSignature {
  readonly created?: number | undefined
  readonly expires?: number | undefined
  readonly nonce?: string | undefined
  readonly alg?: string | undefined
  readonly keyid?: string | undefined
  readonly tag?: string | undefined
}

const kindOf: Record<keyof ParametersOfSignature, "integer" | "string"> = {
  created: "integer",
  expires: "integer",
  nonce: "string",
  alg: "string",
  keyid: "string",
  tag: "string",
}
const parameterNames = Object.keys(kindOf) as (keyof ParametersOfSignature)[]

/** `;created=1618884473;keyid="a"`. Throws SignatureError "field-syntax" for what has no text, such as a key id beyond ASCII. */
export function signatureParametersText(parameters: ParametersOfSignature): string {
  let text = ""
  for (const name in parameters) {
    const value = parameters[name as keyof ParametersOfSignature]
    if (value === undefined) continue
    text += `;${name}=${typeof value === "number" ? integerText(value) : stringText(value)}`
  }
  return text
}

/** The known parameters of a parsed Signature-Input; what we don't know is signed along and left out here. Their order stays. */
export function signatureParametersOf(parameters: Parameters): ParametersOfSignature {
  const found: Record<string, number | string> = {}
  for (const [key, bare] of parameters) {
    const name = parameterNames.find((known) => known === key)
    if (name) found[name] = parameterOf(name, bare)
  }
  return found
}

function parameterOf(name: keyof ParametersOfSignature, bare: BareItem): number | string {
  if (bare.kind !== kindOf[name]) throw new SignatureError("field-syntax", `${name} must be of kind ${kindOf[name]}`)
  return bare.value as number | string
}
