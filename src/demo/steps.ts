// Steps of a story: each is told when it is done, with what was checked in it.

/** Fails the story when something is not as it should be. */
export function check(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`)
}

export class Steps {
  count = 0

  /** Does a step and prints a line: its number, time, title, and what was checked. */
  async step(title: string, act: () => Promise<string>): Promise<void> {
    const began = performance.now()
    const checked = await act().catch((error: Error) => {
      throw new Error(`${title}: ${error.message}`)
    })
    this.count++
    console.log(`${String(this.count).padStart(2)}. ${title} (${Math.round(performance.now() - began)} ms): ${checked}`)
  }
}
