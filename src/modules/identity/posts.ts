// Posts: the positions that a person may act in at this moment, their own and those delegated to them.
import type { Actor, Tx } from "#platform/db"
import type { Names } from "./agencies.ts"
import { findPosts } from "./store.ts"

export interface Post {
  readonly agency: string
  readonly agencyName: Names
  readonly position: string
  readonly positionName: Names
  readonly unit: string
  readonly roles: readonly string[]
  /** Name of the official for whom it is held; null for a position of one's own. */
  readonly delegatedBy: string | null
  readonly delegatedBySubject: string | null
}

/** The role of those who keep the machines running. It reads no case: see `officialOf`. */
const TECHNICAL_ROLE = "tech-admin"

/**
 * The posts that the person of `subject` holds now, own ones first. A delegated one counts only while it runs, while its
 * giver still holds the position, and while the receiver holds a position of their own in the same agency.
 */
export function positionsOf(tx: Tx, subject: string): Promise<Post[]> {
  return findPosts(tx, subject)
}

/**
 * The actor who acts in a post; `delegatedBy` names the giver by their subject, since it goes into the book. One post at a time: the roles of the others rest meanwhile. A technical administrator acts
 * in no agency (`agency` is empty) and with that one role, so that row-level security opens no agency's cases to them.
 */
export function officialOf(
  account: { id: string; subject: string; name: string },
  post: Post,
): Extract<Actor, { kind: "official" }> {
  const technical = post.roles.includes(TECHNICAL_ROLE)
  return {
    kind: "official",
    accountId: account.id,
    subject: account.subject,
    name: account.name,
    agency: technical ? "" : post.agency,
    positions: [
      {
        id: post.position,
        unit: post.unit,
        roles: technical ? [TECHNICAL_ROLE] : post.roles,
        ...(post.delegatedBySubject === null ? {} : { delegatedBy: post.delegatedBySubject }),
      },
    ],
  }
}
