// The areas of the web: each registers its pages.
import { federationRoutes } from "./api/federation.ts"
import { deskPages } from "./desk/pages.ts"
import { openPages } from "./portal/open-pages.ts"
import { ownPages } from "./portal/own-pages.ts"
import { identityRoutes } from "./portal/sign-in/routes.ts"
import { publicPages } from "./public/pages.ts"
import type { Web } from "./web.ts"

export const areas: readonly ((web: Web) => void | Promise<void>)[] = [
  openPages,
  ownPages,
  deskPages,
  publicPages,
  (web) => identityRoutes(web),
  federationRoutes,
]
