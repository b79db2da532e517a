// Content-Type headers: type and parameters (RFC 9110 section 8.3), limited and forgiving of spaces.

export interface MediaType {
  /** In lower case: `multipart/related`. */
  readonly type: string
  /** Names in lower case, values as they came, without quotes. */
  readonly parameters: Readonly<Record<string, string>>
}

const LENGTH_MAX = 2_048
const PARAMETER = /;\s*([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]*))\s*/y

/** Undefined when it is missing, too long, or no media type. Of several parameters of one name the first one counts. */
export function parseMediaType(text: string | undefined): MediaType | undefined {
  const head = /^\s*([\w!#$&\-^.+]+\/[\w!#$&\-^.+]+)\s*/.exec(text ?? "")
  if (!head || text!.length > LENGTH_MAX) return undefined
  const parameters: Record<string, string> = Object.create(null)
  let at = head[0].length
  while (at < text!.length) {
    PARAMETER.lastIndex = at
    const found = PARAMETER.exec(text!)
    if (!found) return /^[;\s]*$/.test(text!.slice(at)) ? { type: head[1]!.toLowerCase(), parameters } : undefined
    parameters[found[1]!.toLowerCase()] ??= found[2]?.replace(/\\(.)/g, "$1") ?? found[3]!
    at = PARAMETER.lastIndex
  }
  return { type: head[1]!.toLowerCase(), parameters }
}
