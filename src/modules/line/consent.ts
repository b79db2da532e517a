// Calls of information systems under a contract that rests on the consent of the person: the header that names it at the
// consumer's side becomes the signed consent under the seal, and is proven at the provider's before the service is asked.
import { lastHeader } from "#engines/xroad"
import type { ProblemCode } from "#problems"
import type { Line } from "./line.ts"
import { notAllowed } from "./refusal.ts"
import { statedIn } from "./system-calls.ts"

/** From an information system: the id of a consent. Between sites and to the provider's system: the signed consent. */
export const CONSENT_HEADER = "motlan-consent"
/** Between sites and to the provider's system: with it and the personal number the pseudonym in the consent can be matched. */
export const SALT_HEADER = "motlan-consent-salt"

export interface ConsentCall {
  /** Hash of the contract. */
  readonly contract: string
  readonly purpose: string | undefined
  /** Whom the call is about, where it says so: their personal number. */
  readonly number: string | undefined
  /** Id of the exchange. */
  readonly message: string
}

export interface SignedConsent {
  readonly artefact: string
  readonly salt: string
}

/** What the line has to know of consents. */
export interface Consents {
  /** The consent with this id, when this site may use it for the call; its use is noted. Otherwise why not. */
  bring(id: string | undefined, call: ConsentCall): Promise<SignedConsent | { readonly fault: ProblemCode }>
  /** Why a consent that was brought does not cover the call; undefined when it does, and its use is noted. */
  check(brought: SignedConsent | undefined, call: ConsentCall): Promise<ProblemCode | undefined>
}

interface Leaving {
  readonly contract: string
  readonly requestId: string
  readonly headers: readonly string[]
}

/** An exchange with the consent that its client names. Throws a Refusal. What the site itself asks a register carries its own in the body. */
export async function bringConsent<E extends Leaving>(line: Line, from: unknown, service: string, exchange: E): Promise<E> {
  const { contract, headers } = exchange
  if (from === "here" || !line.roads.needsConsent?.(contract)) return exchange
  const call = callUnder(exchange)
  const brought = (await line.consents?.bring(lastHeader(headers, CONSENT_HEADER), call)) ?? { fault: "consent-missing" as const }
  if ("fault" in brought) throw notAllowed(service, brought.fault)
  const others = headers.filter((_, at) => !isOurs(headers[at - (at % 2)]!))
  return { ...exchange, headers: [...others, CONSENT_HEADER, brought.artefact, SALT_HEADER, brought.salt] }
}

/** Proves the consent that a peer's request brings. Throws a Refusal. */
export async function proveConsent(line: Line, service: string, arrived: Leaving): Promise<void> {
  if (!line.roads.needsConsent?.(arrived.contract)) return
  const brought = consentIn(arrived.headers)
  const fault = line.consents ? await line.consents.check(brought, callUnder(arrived)) : "consent-missing"
  if (fault) throw notAllowed(service, fault)
}

const callUnder = ({ contract, requestId: message, headers }: Leaving): ConsentCall => {
  const { purpose, subject: number } = statedIn(headers)
  return { contract, message, purpose, number }
}

/** The signed consent in the headers between sites. */
export function consentIn(headers: readonly string[]): SignedConsent | undefined {
  const [artefact, salt] = [lastHeader(headers, CONSENT_HEADER), lastHeader(headers, SALT_HEADER)]
  return artefact !== undefined && salt !== undefined ? { artefact, salt } : undefined
}

const isOurs = (name: string): boolean => [CONSENT_HEADER, SALT_HEADER].includes(name.toLowerCase())
