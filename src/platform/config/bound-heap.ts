// How much garbage the program lets lie before it is collected.
import { setFlagsFromString } from "node:v8"

/** Left to itself V8 lets the heap grow to four times of what lives in it. */
const GROWTH_PERCENT = 100

/**
 * Lets the heap grow to twice of what lives in it, and no further: a site shares its machine with its database. What is made for one request
 * is never made among what lives long, though much of it was found alive once: there it would lie, with all that hangs on it, until the whole heap is collected.
 */
export const boundHeap = (): void => {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
  setFlagsFromString("--no-allocation-site-pretenuring")
}
