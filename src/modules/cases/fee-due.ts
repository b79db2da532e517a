// What an applicant owes for a case that came in online; paying has a state of its own beside the portal status.
import type { ServiceDefinition } from "#country"

/** The fee in whole units of the service's currency; undefined when it costs nothing or nobody has set an amount. */
export function feeDue({ fee }: ServiceDefinition): number | undefined {
  const amount = fee.amounts?.online ?? 0
  return amount > 0 ? amount : undefined
}
