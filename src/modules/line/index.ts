/** The line: the signed road between sites. */

export type { TlsKeys } from "./line.ts"
export { certificateThumbprint, type LineOptions, type OpenLine, openLine } from "./open-line.ts"
export type { Call, Offered, Peer, Permission, Roads } from "./roads.ts"
