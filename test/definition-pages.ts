// For tests: the pages about definitions over HTTP, and the officials of the cast signed in at them.

import { definitionPages } from "../src/web/desk/definitions/pages.tsx"
import { Browser } from "../src/web/portal/sign-in/browser.ts"
import { identityRoutes } from "../src/web/portal/sign-in/routes.ts"
import { type OpenedWeb, openWeb } from "../src/web/server.ts"
import { type Cast, openCast } from "./cast.ts"

export const LIST = "/desk/definitions"

export interface DefinitionPages {
  readonly cast: Cast
  readonly web: OpenedWeb
  at(login: string): Promise<Browser>
  close(): Promise<void>
}

export async function openDefinitionPages(): Promise<DefinitionPages> {
  const cast = await openCast()
  const web = await openWeb(cast.site, cast.db, { areas: [(area) => identityRoutes(area, {}), definitionPages] })
  return {
    cast,
    web,
    at: async (login) => {
      const of = new Browser(web, cast.site.origin)
      const people = await of.go(LIST)
      await of.submit(people, people.url, { login })
      return of
    },
    close: async () => {
      await web.close()
      await cast.close()
    },
  }
}
