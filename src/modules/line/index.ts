/** The line: the signed road between sites. */

export type { Asked, Told } from "./ask.ts"
export { federationRoads } from "./federation-roads.ts"
export type { Handler, HandlerAnswer, HandlerRequest, Handlers } from "./handler.ts"
export { FACE_LIMITS, type FaceLimits } from "./limits.ts"
export type { TlsKeys } from "./line.ts"
export { certificateThumbprint, type FaceTls, type LineOptions, type OpenLine, openLine } from "./open-line.ts"
export type { Call, Demand, Offered, Peer, Permission, Roads } from "./roads.ts"
