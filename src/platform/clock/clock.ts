// The clock is passed in, so that a test or a demo can stand still or move it.

/** The real time. */
export const systemClock = (): Date => new Date()

/** A clock for tests: it stands at `start` until moved. */
export function standingClock(start: Date): { clock: () => Date; move: (ms: number) => void } {
  let at = start.getTime()
  return {
    clock: () => new Date(at),
    move: (ms) => {
      at += ms
    },
  }
}
