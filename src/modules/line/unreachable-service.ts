// Why the system behind a service gave no answer.
import { type Refusal, refusal } from "./refusal.ts"
import type { Protocol } from "./target.ts"

/** The refusal for what undici says of it. An unknown host is told apart to SOAP clients alone, as X-Road does. */
export function unreachableService(service: string, fault: NodeJS.ErrnoException, protocol: Protocol): Refusal {
  const reason = `${service}: ${fault.code ?? "no answer"}`
  if (/CERT|TLS|SSL/.test(fault.code ?? "")) return refusal("service-certificate-unknown", { reason }, fault)
  if (protocol === "rest") return refusal("service-unreachable", { reason }, fault)
  return refusal(fault.code === "ENOTFOUND" ? "soap-service-host-unknown" : "soap-service-unreachable", { reason }, fault)
}
