// Paths of endpoints and what matches them: `*` any characters but the slash, `**` anything, `\*` a star.

export const GLOB_LENGTH_MAX = 1_024
export const PATH_LENGTH_MAX = 16_384
/** A path that still changes when decoded for the fourth time has something to hide. */
const DECODINGS_MAX = 4

const GREEDY_STEPS_MAX = 5_000

export type PathMatcher = (path: string) => boolean

const STAR = -1
const GLOBSTAR = -2
const SLASH = 47

/**
 * Compiles a glob. Two or more stars in a row are `**`; `\*` and `\\` stand for star and backslash, any other backslash for itself.
 * Matching takes at most path × glob steps, whatever is sent. Throws a RangeError for a glob beyond its limit.
 */
export function compileGlob(glob: string): PathMatcher {
  if (glob.length > GLOB_LENGTH_MAX) throw new RangeError(`a path pattern has at most ${GLOB_LENGTH_MAX} characters`)
  const tokens = tokensOf(glob)
  const wild = tokens.findIndex((token) => token < 0)
  const literal = (codes: readonly number[]) => String.fromCharCode(...codes)
  if (wild < 0) {
    const whole = literal(tokens)
    return (path) => path === whole
  }
  const prefix = literal(tokens.slice(0, wild))
  const rest = tokens.slice(wild)
  if (rest.length === 1 && rest[0] === GLOBSTAR) return (path) => path.startsWith(prefix)
  return (path) => path.startsWith(prefix) && (matchGreedily(rest, path, prefix.length) ?? matches(rest, path, prefix.length))
}

/**
 * The path to match, from the raw one: percent-decoded once, `//` and `/./` tidied away. Undefined, which means denied, when anything
 * speaks of `..` as a step, at any depth of encoding, with slash or backslash and also as `..;x`; when the encoding is broken or never
 * ends; and when it holds a control character.
 */
export function matchablePath(raw: string): string | undefined {
  if (raw.length > PATH_LENGTH_MAX) return undefined
  const decoded = decode(raw)
  if (decoded === undefined) return undefined
  let deeper = decoded
  for (let i = 0; ; i++) {
    if (hasStepUp(deeper)) return undefined
    const next = decodeAscii(deeper)
    if (next === deeper) break
    if (i >= DECODINGS_MAX) return undefined
    deeper = next
  }
  return decoded.replace(/\/(?:\.?\/)+/g, "/").replace(/\/\.$/, "/")
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** What a careless reader would decode once more: a percent sign that encodes nothing is left alone. */
const decodeAscii = (text: string): string =>
  text.includes("%")
    ? text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

function hasStepUp(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no path of a service has them, some readers cut there
  if (/[\u0000-\u001f\u007f]|%c[01]|%u00/i.test(path)) return true
  const text = /[^ -~]/.test(path) ? path.normalize("NFKC") : path
  return /(?:^|[/\\]) *\.\. *(?:[/\\;]|$)/.test(text)
}

function tokensOf(glob: string): number[] {
  const tokens: number[] = []
  for (let i = 0; i < glob.length; i++) {
    const escaped = glob[i] === "\\" && (glob[i + 1] === "*" || glob[i + 1] === "\\")
    if (escaped) tokens.push(glob.charCodeAt(++i))
    else if (glob[i] !== "*") tokens.push(glob.charCodeAt(i))
    else {
      let stars = 1
      while (glob[i + 1] === "*") stars += Number(glob[++i] === "*")
      tokens.push(stars > 1 ? GLOBSTAR : STAR)
    }
  }
  return tokens
}

/**
 * Each star takes as little as it can and more when what follows does not fit; the last `**` is the last resort. What is between two `**`
 * need only be found as early as possible, so this misses nothing. Undefined when it takes too many steps: made to be slow.
 */
function matchGreedily(tokens: readonly number[], path: string, from: number): boolean | undefined {
  let [at, i] = [0, from]
  let [starAt, starFrom, globAt, globFrom] = [-1, 0, -1, 0]
  for (let steps = 0; steps < GREEDY_STEPS_MAX; steps++) {
    const token = tokens[at]
    if (token === GLOBSTAR) [globAt, globFrom, starAt, at] = [at, i, -1, at + 1]
    else if (token === STAR) [starAt, starFrom, at] = [at, i, at + 1]
    else if (i < path.length ? token === path.charCodeAt(i) : token === undefined) {
      if (i === path.length) return true
      ;[at, i] = [at + 1, i + 1]
    } else if (starAt >= 0 && starFrom < path.length && path.charCodeAt(starFrom) !== SLASH) [at, i] = [starAt + 1, ++starFrom]
    else if (globAt >= 0 && globFrom < path.length) [at, i, starAt] = [globAt + 1, ++globFrom, -1]
    else return false
  }
  return undefined
}

/** All places of the pattern that the text read so far can have led to, character by character: no backtracking. */
function matches(tokens: readonly number[], path: string, from: number): boolean {
  let here = new Uint8Array(tokens.length + 1)
  let next = new Uint8Array(tokens.length + 1)
  here[0] = 1
  skipWild(tokens, here)
  for (let i = from; i < path.length; i++) {
    const code = path.charCodeAt(i)
    let alive = 0
    for (let at = 0; at < tokens.length; at++) {
      if (here[at] === 0) continue
      const token = tokens[at]!
      if (token === GLOBSTAR || (token === STAR && code !== SLASH)) alive |= next[at] = 1
      else if (token === code) alive |= next[at + 1] = 1
    }
    if (alive === 0) return false
    skipWild(tokens, next)
    ;[here, next] = [next, here]
    next.fill(0)
  }
  return here[tokens.length] === 1
}

/** A star may also stand for nothing. */
function skipWild(tokens: readonly number[], places: Uint8Array): void {
  for (let at = 0; at < tokens.length; at++) if (places[at] === 1 && tokens[at]! < 0) places[at + 1] = 1
}
