// A route as an area registers it: a page for people or an answer of the API.
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Site } from "#platform/site"
import type { RateLimit } from "./limits.ts"
import type { ApiReply, PageReply } from "./reply.ts"
import type { Audience, IncomingFile, PageRequest, ParamsOf } from "./request.ts"

/** Which files a form may bring, and who takes them in. */
export interface FileRules<Taken> {
  readonly bytesMax: number
  readonly countMax: number
  /** Takes one file in; a problem that it throws becomes `refused` beside the field. No transaction is open, so a slow line holds none. */
  readonly take: (site: Site, file: IncomingFile) => Promise<Taken>
}

export interface PageRoute<A extends Audience, Path extends string, Taken = unknown> {
  readonly method: "GET" | "POST"
  /** A pattern of `paths.ts`: `routes.caseOf`. */
  readonly path: Path
  readonly for: A
  /** A named rate limit beside the general one (per client): `limits.signIn`. */
  readonly limit?: RateLimit
  /** Files that a form of this page may bring; without it every file is refused. */
  readonly files?: FileRules<Taken>
  /** For a POST: the page to open after signing in when the session is gone; without it a signed-out POST is answered 401. */
  readonly comeBackTo?: (params: Readonly<Record<ParamsOf<Path>, string>>) => string
  /** For a POST: shows the page again as it was typed and does nothing, when the form comes along with a switch of language (`then=language`). */
  readonly again?: (request: PageRequest<A, ParamsOf<Path>, Taken>) => Promise<PageReply>
  readonly handle: (request: PageRequest<A, ParamsOf<Path>, Taken>) => Promise<PageReply>
}

export interface ApiRoute<A extends Audience, Path extends string> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  readonly path: Path
  readonly for: A
  readonly limit?: RateLimit
  /** Bytes of the body; BODY_JSON_MAX_BYTES when left out. */
  readonly bodyMax?: number
  readonly handle: (request: ApiRequest<A, ParamsOf<Path>>) => Promise<ApiReply>
}

export interface ApiRequest<A extends Audience = Audience, Params extends string = string>
  extends Omit<PageRequest<A, Params>, "body" | "files" | "csrf"> {
  /** The parsed JSON; undefined without a body. Check it with the schema of the deed. */
  readonly json: unknown
}

/** Where areas register their routes. */
export interface Routes {
  page<A extends Audience, const Path extends string, Taken = never>(route: PageRoute<A, Path, Taken>): void
  api<A extends Audience, const Path extends string>(route: ApiRoute<A, Path>): void
  /** Hands everything below `prefix` to a handler of Node's own kind (the demo's identity provider), body unread. */
  mount(prefix: string, handle: (request: IncomingMessage, response: ServerResponse) => void): void
}
