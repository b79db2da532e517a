/** The settings of a site: read once at start, refused with clear words where they can't be. */
export { boundHeap } from "./bound-heap.ts"
export { Config, ConfigFaults, readConfig, type Setting, settings } from "./config.ts"
export { packageRoot } from "./package-root.ts"
