// Leaves a message in a person's inbox, in the deed's own transaction: no deed without its message, no message without its deed.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { addMessage } from "./store.ts"

export const NOTICE_PARAMS_MAX_CHARS = 2_000
const CODE = /^[a-z0-9-]{1,60}$/
const OWN_PATH = /^\/([^/\\]|$)/
/** The book of what belongs to no agency. */
const SITE_BOOK = "site"

/** What is to be said: a code with its values. The sentence is made when it is read, in the reader's language. */
export interface Notice {
  /** Whose inbox: the site's pseudonym of the person. */
  readonly subject: string
  readonly caseId?: string
  /** A key of the inbox's words, such as `case-received`. */
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** Where it leads: a path of this site. */
  readonly link?: string
  /** The agency in whose book it stands; the actor's own unless told. */
  readonly agency?: string
}

/** Leaves the message and gives its id. */
export async function notify(tx: Tx, notice: Notice): Promise<string> {
  const params = JSON.stringify(notice.params)
  const isFit = CODE.test(notice.code) && params.length <= NOTICE_PARAMS_MAX_CHARS && (!notice.link || OWN_PATH.test(notice.link))
  if (!isFit) throw new Error(`a notice that can't be kept: ${notice.code}`)
  const id = newId(tx.now)
  await addMessage(tx, {
    id,
    subject: notice.subject,
    caseId: notice.caseId ?? null,
    code: notice.code,
    params,
    link: notice.link ?? null,
  })
  append(tx, {
    agency: notice.agency || ownAgency(tx) || SITE_BOOK,
    event: "notice-sent",
    subject: notice.subject,
    ...(notice.caseId === undefined ? {} : { caseId: notice.caseId }),
    details: { notice: id, kind: notice.code, channel: "inbox" },
  })
  return id
}

const ownAgency = (tx: Tx) => (tx.actor.kind === "official" ? tx.actor.agency : "")
