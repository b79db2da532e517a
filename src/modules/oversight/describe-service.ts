// What a service of the exchange says of itself: the operations of its OpenAPI or WSDL document, and the document.
import { type DescribedService, operationsOfOpenApi, operationsOfWsdl } from "#engines/xroad"
import type { Actor, Db } from "#platform/db"
import { newId } from "#platform/ids"
import { TRIAL_WAIT_MAX_MS } from "./limits.ts"
import { getService, type SeenService } from "./list-services.ts"
import { ownSubsystems, sightOf } from "./sight.ts"

/** none: it has no document. elsewhere: only its own site shows it. silent: it could not be read, `code` says why. */
export type ServiceDescription =
  | {
      readonly kind: "document"
      readonly text: string
      readonly contentType: string
      /** Undefined for a document that can't be made out; it can be downloaded all the same. */
      readonly described: DescribedService | undefined
    }
  | { readonly kind: "none" | "elsewhere" }
  | { readonly kind: "silent"; readonly code: string }

/**
 * A service with its document, for whoever may see the service; that of another site is asked for over the line. No transaction is open
 * meanwhile. Throws `not-allowed`, `not-found`, `federation-alone`.
 */
export async function describeService(
  db: Db,
  actor: Actor,
  id: string,
): Promise<{ service: SeenService; description: ServiceDescription }> {
  const { sight, service, requestId } = await db.tx(actor, async (tx) => ({
    ...{ sight: sightOf(tx), service: getService(tx, id), requestId: newId(tx.now) },
  }))
  const consumer = ownSubsystems(sight)[0]?.id
  const wish = { service: id, type: service.type, consumer, requestId, waitMaxMs: TRIAL_WAIT_MAX_MS }
  const found = await sight.describe(wish)
  if (!found) return { service, description: { kind: "silent", code: "NoLine" } }
  if (found.kind === "refused") return { service, description: { kind: "silent", code: found.code } }
  if (found.kind !== "document") return { service, description: { kind: found.kind } }
  const read = service.type === "SOAP" ? operationsOfWsdl(found.text) : operationsOfOpenApi(found.text)
  return { service, description: { ...found, described: read.ok ? read.value : undefined } }
}
