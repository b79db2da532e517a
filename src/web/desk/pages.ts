// The desk: queues, cases, records, delegations.
import type { Web } from "../web.ts"
import { casePages } from "./case/pages.tsx"
import { delegationPages } from "./delegations/pages.tsx"
import { queuePages } from "./queue/pages.tsx"
import { recordPages } from "./records/pages.tsx"

export function deskPages(web: Web): void {
  queuePages(web)
  casePages(web)
  recordPages(web)
  delegationPages(web)
}
