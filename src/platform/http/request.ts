// What a page is given: who asks, in which language, and the input, already parsed and within its limits.
import type { Readable } from "node:stream"
import type { Actor, Tx } from "#platform/db"
import type { Place } from "#platform/words"

/** Who may come in. `public` pages act as the public even when somebody is signed in. */
export type Audience = "public" | "person-or-public" | "person" | "official" | "signed-in"

export type PersonActor = Extract<Actor, { kind: "person" }>
export type OfficialActor = Extract<Actor, { kind: "official" }>
export type PublicActor = Extract<Actor, { kind: "public" }>

/** The actor that an audience promises to its handler. */
export type ActorFor<A extends Audience> = A extends "person"
  ? PersonActor
  : A extends "official"
    ? OfficialActor
    : A extends "signed-in"
      ? PersonActor | OfficialActor
      : A extends "person-or-public"
        ? PersonActor | PublicActor
        : PublicActor

/** A session as the server needs it. `key` is secret to this session and stable while it lasts; CSRF tokens are bound to it. */
export interface HttpSession {
  readonly id: string
  readonly key: string
  readonly actor: PersonActor | OfficialActor
  /** The person behind the actor, also while acting as an official. */
  readonly subject: string
  /** When the person last proved who they are; signing asks for a recent time. */
  readonly authTime: Date
  /** Posts that the person may act in now. */
  readonly posts: readonly HttpPost[]
}

export interface HttpPost {
  readonly agency: string
  readonly agencyName: Readonly<Record<string, string>>
  readonly position: string
  readonly positionName: Readonly<Record<string, string>>
  /** Name of the official for whom it is held; null for one's own. */
  readonly delegatedBy: string | null
}

/** Fields as typed (normalised to NFC); a missing one is empty text, never undefined. */
export interface Fields {
  get(name: string): string
  all(name: string): readonly string[]
  has(name: string): boolean
  /** Everything at once, for the form engine: a field that came once is text, one that came often a list. */
  readonly raw: Readonly<Record<string, string | readonly string[]>>
}

/** A file as it comes in, before anything is known of its content. */
export interface IncomingFile {
  readonly field: string
  /** As the sender calls it, without folders and control characters. */
  readonly fileName: string
  readonly declaredType: string
  readonly stream: Readable
  readonly bytesMax: number
}

/** A file that came with a form: taken, or refused at once with the code of a problem. */
export interface UploadedFile<Taken = unknown> {
  readonly field: string
  readonly fileName: string
  readonly taken?: Taken
  readonly refused?: string
}

/** What a layout needs of a request; hand the request itself. */
export interface Frame {
  /** One of the site's languages. */
  readonly lang: string
  readonly place: Place
  /** Path and query as asked, for links back to this very page. */
  readonly url: string
  /** Whoever is signed in, also on public pages (for the header). */
  readonly session: HttpSession | undefined
  /** A fresh token for a form of this page: `<PostForm csrf={frame.csrf}>` carries it. */
  readonly csrf: string
}

export interface PageRequest<A extends Audience = Audience, Params extends string = string, Taken = unknown> extends Frame {
  readonly actor: ActorFor<A>
  /** Values of the path's `:names`. */
  readonly params: Readonly<Record<Params, string>>
  readonly query: Fields
  /** Fields of a posted form; empty on GET. */
  readonly body: Fields
  /** Files of a posted form, in order; those that no one chose are left out. */
  readonly files: readonly UploadedFile<Taken>[]
  /** Value of an errand cookie, empty when there is none. */
  cookie(name: string): string
  /** One deed in one transaction of this request's actor. */
  tx<T>(deed: (tx: Tx) => Promise<T>): Promise<T>
  /** The time at the site (a standing clock in tests). */
  readonly now: Date
}

/** `:id` of "/my/cases/:id" as a type. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never
