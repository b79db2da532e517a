/** The HTTP border: routes and their requests and replies, security, limits, problems, measures. */
export { limits, type RateLimit } from "./limits.ts"
export type { Gauge, Measure, Sample } from "./metrics.ts"
export { type Http, openHttp } from "./open.ts"
export type { HttpOptions, Rendered } from "./options.ts"
export {
  type ApiReply,
  type Bytes,
  bytes,
  type Html,
  html,
  type Json,
  json,
  type PageReply,
  type Redirect,
  type ReplyOptions,
  redirect,
} from "./reply.ts"
export type {
  ActorFor,
  Audience,
  Fields,
  Frame,
  HttpPost,
  HttpSession,
  IncomingFile,
  OfficialActor,
  PageRequest,
  PersonActor,
  UploadedFile,
} from "./request.ts"
export type { ApiRequest, ApiRoute, FileRules, PageRoute, Routes } from "./route.ts"
export { encodingFor } from "./send.ts"
export { isLocalPath } from "./visit.ts"
