// The open pages: for anyone, without signing in.
import type { Web } from "../web.ts"
import { verifyPages } from "./verify/pages.tsx"

/** Registers the open pages. */
export function publicPages(web: Web): void {
  verifyPages(web)
}
