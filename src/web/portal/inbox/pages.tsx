// The inbox: what happened in one's affairs, newest first.
import { listInbox, markAllRead, markRead, unreadCount } from "#notices"
import { html, redirect } from "#platform/http"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { InboxView } from "./view.tsx"

export function inboxPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.myInbox,
    for: "person",
    handle: (request) =>
      request.tx(async (tx) => {
        const before = request.query.get("before")
        const messages = await listInbox(tx, before === "" ? undefined : before)
        return html(<InboxView frame={request} messages={messages} unread={await unreadCount(tx)} />)
      }),
  })
  web.page({
    method: "POST",
    path: routes.myInbox,
    for: "person",
    comeBackTo: () => paths.myInbox(),
    handle: async (request) => {
      const id = request.body.get("id")
      const link = await request.tx(async (tx) => (id === "" ? void (await markAllRead(tx)) : markRead(tx, id)))
      return redirect(link ?? paths.myInbox())
    },
  })
}
