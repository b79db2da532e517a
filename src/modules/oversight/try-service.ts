// Trying a REST service of the exchange: over the real line, under a contract, with a mark, and never with anybody's data.
import { append } from "#audit"
import type { AccessRefusal } from "#federation"
import type { TrialOutcome } from "#line"
import type { Actor, Db, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { TRIAL_BODY_MAX_CHARS, TRIAL_PATH_MAX_CHARS, TRIAL_WAIT_MAX_MS } from "./limits.ts"
import { getService, type SeenService } from "./list-services.ts"
import { ownSubsystems, refuseAllBut, sightOf } from "./sight.ts"

/** The purpose of a contract that covers tests. */
export const TEST_PURPOSE = "system-test"
/** The book of the site's own technical deeds. */
const SITE_BOOK = "site"

export const trialMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const
export type TrialMethod = (typeof trialMethods)[number]
const READS: readonly string[] = ["GET", "HEAD"]
/** Kinds of subject that no person stands behind. */
const IMPERSONAL: readonly string[] = ["thing", "organisation"]

export interface TrialWish {
  readonly service: string
  /** `I/C/M/S` of this site. */
  readonly consumer: string
  readonly purpose: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contentType: string
  readonly body: string
}

export interface TrialChoices {
  readonly service: SeenService
  /** Subsystems of this site. */
  readonly consumers: readonly { readonly id: string; readonly name: string }[]
  /** Purposes of its contracts with them. */
  readonly purposes: readonly string[]
  /** Why nobody may try it here, whatever is typed. */
  readonly closed?: TrialRefusal
}

/**
 * Why a trial is not sent: it is no REST service; the form is not filled in; nothing but a contract for tests lets one write, or ask a
 * service of personal data; or no contract covers the call.
 */
export type TrialRefusal =
  | "trial-not-rest"
  | "trial-consumer"
  | "trial-method"
  | "trial-path"
  | "trial-body"
  | "trial-personal-data"
  | "trial-writes"
  | AccessRefusal

export type Tried =
  | { readonly refusal: TrialRefusal }
  | { readonly message: string; readonly outcome: TrialOutcome | { readonly kind: "no-line" } }

/** What a trial of a service can be made of; for technical administrators. Throws `not-allowed`, `not-found`. */
export function trialChoices(tx: Tx, id: string): TrialChoices {
  refuseAllBut(tx, ["tech-admin"])
  const service = getService(tx, id)
  const own = ownSubsystems(sightOf(tx))
  const ids = new Set(own.map((one) => one.id))
  const purposes = service.contracts.filter(({ content }) => ids.has(content.consumer)).flatMap(({ content }) => content.purposes)
  return {
    ...{ service, consumers: own, purposes: [...new Set(purposes)].sort() },
    ...(!isRest(service) && { closed: "trial-not-rest" as const }),
  }
}

const isRest = ({ type }: SeenService): boolean => type === "REST" || type === "OPENAPI"

/**
 * Tries a service. What is refused is a value, before anything leaves the site; what is sent stands in the book first (without its path, which may name
 * somebody). Throws `not-allowed`, `not-found`.
 */
export async function tryService(db: Db, actor: Actor, wish: TrialWish): Promise<Tried> {
  const { message, sight, refusal } = await db.tx(actor, async (tx) => {
    refuseAllBut(tx, ["tech-admin"])
    const sight = sightOf(tx)
    const refusal = trialRefusal(tx, wish)
    const message = newId(tx.now)
    const { service, consumer, purpose, method } = wish
    if (!refusal)
      append(tx, { agency: SITE_BOOK, event: "service-tried", details: { message, service, consumer, purpose, method } })
    return { message, sight, refusal }
  })
  if (refusal) return { refusal }
  const { service, consumer, purpose, method, contentType, body } = wish
  const outcome = await sight.tryService({
    ...{ consumer, service, method, purpose, body, requestId: message, waitMaxMs: TRIAL_WAIT_MAX_MS },
    path: pathOf(wish),
    contentType: contentType || undefined,
  })
  return { message, outcome: outcome ?? { kind: "no-line" } }
}

/** Why a trial is not sent; undefined when it may be. */
function trialRefusal(tx: Tx, wish: TrialWish): TrialRefusal | undefined {
  const { service, consumers, closed } = trialChoices(tx, wish.service)
  if (closed) return closed
  if (!consumers.some(({ id }) => id === wish.consumer)) return "trial-consumer"
  if (!(trialMethods as readonly string[]).includes(wish.method)) return "trial-method"
  if (!isPath(wish)) return "trial-path"
  if (wish.body.length > TRIAL_BODY_MAX_CHARS || !/^[\w!#$&^.+-]*(\/[\w!#$&^.+-]+)?(; ?charset=[\w-]+)?$/.test(wish.contentType))
    return "trial-body"
  const { contract, refusal } = sightOf(tx).access.mayCall({
    ...{ consumer: wish.consumer, service: service.id, method: wish.method, path: wish.path, at: tx.now },
    purpose: wish.purpose === "" ? undefined : wish.purpose,
  })
  if (!contract) return refusal
  if (wish.purpose === TEST_PURPOSE) return undefined
  const { subjectKinds } = contract.content
  // A contract that does not say whom its data are about may be about persons.
  if (subjectKinds.length === 0 || !subjectKinds.every((kind) => IMPERSONAL.includes(kind))) return "trial-personal-data"
  return READS.includes(wish.method) ? undefined : "trial-writes"
}

const pathOf = ({ path, query }: Pick<TrialWish, "path" | "query">): string => (query === "" ? path : `${path}?${query}`)

/** A path and a query as they can stand in a request line. */
const isPath = ({ path, query }: TrialWish): boolean =>
  path.length + query.length <= TRIAL_PATH_MAX_CHARS &&
  /^\/[\x21-\x7e]*$/.test(path) &&
  !/[?#]/.test(path) &&
  /^[\x21-\x7e]*$/.test(query) &&
  !query.includes("#")
