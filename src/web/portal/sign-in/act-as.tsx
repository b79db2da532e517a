// Choosing whom one acts as: oneself, or an official in one post.
import { type ActAs, findSession, type Session, switchTo } from "#identity"
import { html, type PageRequest, redirect } from "#platform/http"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { ActAsView } from "./act-as-view.tsx"
import { SESSION, sessionCookie } from "./pages.ts"

const system = { kind: "system", name: "sign-in" } as const
const CITIZEN = "citizen"

export function actAsPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.actAs,
    for: "signed-in",
    handle: async (request) => html(<ActAsView frame={request} session={await sessionIn(web, request)} />),
  })
  web.page({
    method: "POST",
    path: routes.actAs,
    for: "signed-in",
    comeBackTo: () => paths.actAs(),
    handle: async (request) => {
      const actAs = chosen(request.body.get("as"))
      const opened = await web.db.tx(system, (tx) => switchTo(tx, request.cookie(SESSION), actAs))
      const to = actAs.kind === "official" ? paths.desk() : paths.home()
      return redirect(to, { session: sessionCookie(opened, request.now) })
    },
  })
}

async function sessionIn(web: Web, request: Pick<PageRequest, "cookie">): Promise<Session> {
  const found = await web.db.tx(system, (tx) => findSession(tx, request.cookie(SESSION)))
  if (!found) throw problem("not-signed-in")
  return found.session
}

/** `citizen`, or `agency/position`. */
function chosen(text: string): ActAs {
  if (text === CITIZEN) return { kind: "citizen" }
  const [agency, position, ...more] = text.split("/")
  if (!agency || !position || more.length > 0) throw problem("bad-request")
  return { kind: "official", agency, position }
}
