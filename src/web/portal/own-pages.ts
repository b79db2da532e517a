// The portal's pages for somebody who has signed in: requests, cases, inbox, and who has looked.
import type { Web } from "../web.ts"
import { consentPages } from "./consents/pages.tsx"
import { draftPages } from "./draft/pages.tsx"
import { inboxPages } from "./inbox/pages.tsx"
import { myCasePages } from "./my-cases/pages.tsx"
import { myDataPages } from "./my-data/pages.tsx"

export function ownPages(web: Web): void {
  draftPages(web)
  myCasePages(web)
  inboxPages(web)
  myDataPages(web)
  consentPages(web)
}
