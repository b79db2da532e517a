// How far two words are apart in typing slips.

const LENGTH_MAX = 64
// Three rows that every call uses again: this code never waits, so nobody else can be in it.
let before = new Uint8Array(LENGTH_MAX + 1)
let above = new Uint8Array(LENGTH_MAX + 1)
let row = new Uint8Array(LENGTH_MAX + 1)

/**
 * Slips between two words: letters missing, added, changed, or two neighbours swapped (optimal string alignment). Gives `max + 1` as soon
 * as it is clear that there are more than `max`; words longer than 64 letters are never near.
 */
export function slips(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max || a.length > LENGTH_MAX || b.length > LENGTH_MAX) return max + 1
  for (let j = 0; j <= b.length; j++) above[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1)
      let cost = above[j - 1]! + (letter === other ? 0 : 1)
      if (above[j]! + 1 < cost) cost = above[j]! + 1
      if (row[j - 1]! + 1 < cost) cost = row[j - 1]! + 1
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other && before[j - 2]! + 1 < cost)
        cost = before[j - 2]! + 1
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > max) return max + 1
    const spare = before
    before = above
    above = row
    row = spare
  }
  return above[b.length]! > max ? max + 1 : above[b.length]!
}

/** How many slips are forgiven in a word: none in two letters, one in three to five, two in longer ones. */
export const slipsAllowed = (word: string): number => (word.length <= 2 ? 0 : word.length <= 5 ? 1 : 2)
