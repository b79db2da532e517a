// Verifying a signed message (RFC 9421 section 3.2): which signature, what it must cover, by which key, when, and whether it holds.
import type { KeyObject } from "node:crypto"
import { isSignatureOf, type SignatureAlgorithm } from "./algorithms.ts"
import { type Component, component, identityOf } from "./component.ts"
import type { Message } from "./message.ts"
import { type ReceivedSignature, signaturesOf } from "./signature.ts"
import { type CompiledBase, compileBase, type FieldKinds } from "./signature-base.ts"
import { SignatureError } from "./signature-error.ts"
import type { ParametersOfSignature } from "./signature-parameters.ts"

/** How many lists of components a verifier keeps compiled; peers that send ever new lists only cost time. */
const COMPILED_MAX = 64

export interface VerificationKey {
  readonly key: KeyObject
  /** The algorithm agreed for this key: what the message says must be the same. */
  readonly algorithm: SignatureAlgorithm
}

export interface VerificationRules {
  /** The key of a signature's parameters; undefined when it is not known or not trusted for this. */
  readonly keyFor: (parameters: ParametersOfSignature, label: string) => VerificationKey | undefined
  /** Components that must be covered. */
  readonly components: readonly (string | Component)[]
  /** Parameters that must be there; `created` unless said otherwise. */
  readonly parameters?: readonly (keyof ParametersOfSignature)[]
  /** Which signature of several: by label, or by tag. Without either there must be one alone. */
  readonly label?: string
  readonly tag?: string
  /** The oldest signature taken; no bound without it. */
  readonly ageSecondsMax?: number
  /** How far clocks may differ, for `created` and `expires`; 0 unless said otherwise. */
  readonly skewSeconds?: number
  readonly kinds?: FieldKinds
}

export interface VerifiedSignature extends ReceivedSignature {
  readonly algorithm: SignatureAlgorithm
  /** The bytes that were signed, as text. */
  readonly base: string
}

/** Verifies the signature of a message at a time in seconds since 1970. */
export type MessageVerifier = (message: Message, nowSeconds: number) => VerifiedSignature

/**
 * A verifier by fixed rules. It throws SignatureError with the reason: "signature-missing", "signature-ambiguous", "signature-incomplete",
 * "signature-not-yet", "signature-expired", "key-unknown", "key-unfit", "signature-wrong", and what reading the fields and building the
 * base may throw. A nonce is not remembered: whoever asks for one keeps them.
 */
export function messageVerifier(rules: VerificationRules): MessageVerifier {
  const required = rules.components.map((each) => (typeof each === "string" ? component(each) : each))
  const compiled = new Map<string, CompiledBase>()

  function baseFor(received: ReceivedSignature): CompiledBase {
    const found = compiled.get(received.covered)
    if (found) return found
    requireCovered(received, required)
    const base = compileBase(received.components, rules.kinds)
    if (compiled.size >= COMPILED_MAX) compiled.clear()
    compiled.set(received.covered, base)
    return base
  }

  return (message, nowSeconds) => {
    const received = pick(signaturesOf(message.fields), rules)
    checkParameters(received.parameters, rules, nowSeconds)
    const base = baseFor(received)
    const { key, algorithm } = agreedKey(received, rules)
    const text = base(message, received.parametersText)
    if (!isSignatureOf(text, received.signature, key, algorithm)) throw new SignatureError("signature-wrong", received.label)
    return { ...received, algorithm, base: text }
  }
}

function pick(signatures: readonly ReceivedSignature[], { label, tag }: VerificationRules): ReceivedSignature {
  const fit = signatures.filter(
    (each) => (label === undefined || each.label === label) && (tag === undefined || each.parameters.tag === tag),
  )
  if (fit.length > 1) throw new SignatureError("signature-ambiguous", fit.map((each) => each.label).join(" "))
  return fit[0] ?? lacking("signature-missing", label ?? tag ?? "")
}

function requireCovered(received: ReceivedSignature, required: readonly Component[]): void {
  const covered = new Set(received.components.map(identityOf))
  for (const each of required) if (!covered.has(identityOf(each))) lacking("signature-incomplete", each.text)
}

function checkParameters(parameters: ParametersOfSignature, rules: VerificationRules, now: number): void {
  const { skewSeconds = 0, ageSecondsMax } = rules
  for (const name of rules.parameters ?? ["created"])
    if (parameters[name] === undefined) throw new SignatureError("signature-incomplete", name)
  const { created, expires } = parameters
  if (created !== undefined && created > now + skewSeconds) throw new SignatureError("signature-not-yet", String(created))
  if (expires !== undefined && expires <= now - skewSeconds) throw new SignatureError("signature-expired", String(expires))
  if (ageSecondsMax === undefined) return
  if (created === undefined) throw new SignatureError("signature-incomplete", "created")
  if (created < now - ageSecondsMax - skewSeconds) throw new SignatureError("signature-expired", String(created))
}

function agreedKey({ parameters, label }: ReceivedSignature, rules: VerificationRules): VerificationKey {
  const found = rules.keyFor(parameters, label)
  if (!found) throw new SignatureError("key-unknown", parameters.keyid ?? label)
  if (parameters.alg !== undefined && parameters.alg !== found.algorithm) throw new SignatureError("key-unfit", parameters.alg)
  return found
}

function lacking(code: "signature-missing" | "signature-incomplete", what: string): never {
  throw new SignatureError(code, what)
}
