// The desk: queues, cases, records, delegations, and what is seen of the exchange.
import type { Web } from "../web.ts"
import { casePages } from "./case/pages.tsx"
import { consultationPages } from "./consultations/pages.tsx"
import { correctionPages } from "./corrections/pages.tsx"
import { definitionPages } from "./definitions/pages.tsx"
import { delegationPages } from "./delegations/pages.tsx"
import { deliveryPages } from "./deliveries/pages.tsx"
import { exchangePages } from "./exchange/pages.tsx"
import { queuePages } from "./queue/pages.tsx"
import { recordPages } from "./records/pages.tsx"

export function deskPages(web: Web): void {
  queuePages(web)
  casePages(web)
  recordPages(web)
  definitionPages(web)
  delegationPages(web)
  consultationPages(web)
  correctionPages(web)
  deliveryPages(web)
  exchangePages(web)
}
