// What a page gives back: a view, a way onward, or bytes. Made only by the functions of this file.
import type { Readable } from "node:stream"
import type { VNode } from "preact"

/** A cookie for a short errand such as a sign-in under way; HttpOnly, SameSite=Lax, named with `__Host-` where served over TLS. */
export interface ErrandCookie {
  readonly name: string
  /** Empty text removes the cookie. */
  readonly value: string
  readonly maxAgeSeconds: number
}

export interface ReplyOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly ErrandCookie[]
  /** Sets the session cookie to a fresh token, or with `null` removes it. */
  readonly session?: { readonly token: string; readonly maxAgeSeconds: number } | null
}

export interface Html {
  readonly kind: "html"
  readonly view: VNode
  readonly options: ReplyOptions
}

export interface Redirect {
  readonly kind: "redirect"
  readonly to: string
  readonly options: ReplyOptions
}

export interface Bytes {
  readonly kind: "bytes"
  readonly content: Buffer | string | Readable
  /** Media type such as `application/pdf`. */
  readonly type: string
  /** With a name the browser saves the file, without one it shows it. */
  readonly fileName: string | undefined
  readonly options: ReplyOptions
}

export interface Json {
  readonly kind: "json"
  readonly value: unknown
  readonly options: ReplyOptions
}

export type PageReply = Html | Redirect | Bytes
export type ApiReply = Json | Bytes | Redirect

/** A page: the view is a whole document, so begin it with a layout of the kit. Status 200 unless told (422 for a form with errors). */
export const html = (view: VNode, options: ReplyOptions = {}): Html => ({ kind: "html", view, options })

/** Sends the browser on with 303 See Other; `to` is a path of `paths.ts` (or, at sign-in, the provider's address). */
export const redirect = (to: string, options: ReplyOptions = {}): Redirect => ({ kind: "redirect", to, options })

/** A file or other content; always sent with nosniff and a sandboxing policy. */
export const bytes = (
  content: Buffer | string | Readable,
  type: string,
  options: ReplyOptions & { readonly fileName?: string } = {},
): Bytes => ({ kind: "bytes", content, type, fileName: options.fileName, options })

/** An answer of the API. */
export const json = (value: unknown, options: ReplyOptions = {}): Json => ({ kind: "json", value, options })
