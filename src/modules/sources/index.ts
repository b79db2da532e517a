/** Sources: systems that an agency has already, read only, as answers to record types; declared as data beside site.yaml. */
export { SourceFaults } from "./finding.ts"
export type { SourceRequest } from "./mapping.ts"
export { type OpenOptions, openSources, type Sources } from "./open-sources.ts"
export { isAnsweredBySource, linkSources, readFromSource, type SourceAnswer, sourceNameOf } from "./read-from-source.ts"
export { type ReadSource, type ReadSources, readSources } from "./read-sources.ts"
