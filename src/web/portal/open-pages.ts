// The portal's pages for everyone: home, search, services.
import type { Web } from "../web.ts"
import { homePages } from "./home/pages.tsx"
import { searchPages } from "./search/pages.tsx"
import { servicePages } from "./service/pages.tsx"

export function openPages(web: Web): void {
  homePages(web)
  searchPages(web)
  servicePages(web)
}
