// What an area of the web is given to register its pages with.
import type { Db } from "#platform/db"
import type { Routes } from "#platform/http"
import type { Site } from "#platform/site"

/** The site, its database, and the three ways to register a route. */
export interface Web extends Routes {
  readonly site: Site
  readonly db: Db
}
