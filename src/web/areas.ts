// The areas of the web: each registers its pages.
import { publicPages } from "./public/pages.ts"
import type { Web } from "./web.ts"

export const areas: readonly ((web: Web) => void | Promise<void>)[] = [publicPages]
