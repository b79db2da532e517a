// The style of the site: one sheet, of which each first page carries what it uses inside itself; later pages use the whole sheet, already fetched.
import { createHash } from "node:crypto"
import { type Asset, assetOf, readAsset, readPackaged } from "../../assets/assets.ts"
import { type Sheet, selectCss, sheetOf, tokensOf } from "./select.ts"
import { parseSheet, type Rule } from "./sheet.ts"
import { themeCss } from "./theme.ts"

const PORTAL_SHEETS = [
  "css/1-base.css",
  "css/2-portal.css",
  "css/3-kit.css",
  "css/5-form.css",
  "css/6-open.css",
  "css/7-process.css",
]
const DESK_SHEETS = ["css/4-desk.css"]
const LAST_SHEETS = ["css/9-print.css"]
/** Parts of the design system that pages use; the rest never leaves the server. */
const PARTS = [
  "button",
  "tag",
  "table",
  "field",
  "heading",
  "fieldset",
  "input",
  "label",
  "validation-message",
  "link",
  "details",
  "list",
  "file-upload",
  "sr-only",
]
/** What stands in a document's `<style>` until it is dressed. */
export const PORTAL_STYLE = "portal"
export const DESK_STYLE = "desk"
const PLACE = /<style>(portal|desk)<\/style>/
/** Sheets that the cookie remembers: the portal's and the desk's. */
const KEPT_MAX = 2
const CHOICES_MAX = 1_000

export interface Style {
  readonly assets: readonly Asset[]
  /** Addresses of the fonts, for preloading. */
  readonly fonts: readonly string[]
  readonly icon: string
  readonly deskScript: string
  /** Puts the style into a document. `kept` says which sheet the reader's browser was told to fetch before. */
  dress(html: string, kept: string): { readonly html: string; readonly styleHashes: readonly string[]; readonly keep: string }
}

/** Reads the sheets and fonts; dear, so once a process. */
export function openStyle(): Style {
  opened ??= readStyle()
  return opened
}
let opened: Style | undefined

function readStyle(): Style {
  const fonts = [400, 600].map((weight) => ({
    weight,
    asset: assetOf(`text-${weight}.woff2`, readAsset(`fonts/be-vietnam-pro-${weight}.woff2`)),
  }))
  const icon = assetOf("icon.svg", readAsset("icon.svg"))
  const script = assetOf("desk.js", readAsset("desk.js"))
  const faces = fonts.map(({ weight, asset }) => fontFace(weight, asset)).join("")
  const shared = [...parseSheet(systemCss()), ...parseSheet(faces + cssOf(PORTAL_SHEETS))]
  const last = parseSheet(cssOf(LAST_SHEETS))
  const dresses = {
    portal: openDress("portal", [...shared, ...last]),
    desk: openDress("desk", [...shared, ...parseSheet(cssOf(DESK_SHEETS)), ...last]),
  }
  return {
    assets: [...fonts.map((f) => f.asset), icon, script, dresses.portal.asset, dresses.desk.asset],
    fonts: fonts.map((f) => `/assets/${f.asset.name}`),
    icon: `/assets/${icon.name}`,
    deskScript: `/assets/${script.name}`,
    dress: (html, kept) => {
      const place = PLACE.exec(html)
      if (!place) return { html, styleHashes: [], keep: kept }
      const { tag, hashes, name } = dresses[place[1] as "portal" | "desk"].put(html, kept)
      const keep = [...new Set([name, ...kept.split(".")])].slice(0, KEPT_MAX).join(".")
      return {
        html: html.slice(0, place.index) + tag + html.slice(place.index + place[0].length),
        styleHashes: hashes,
        keep: kept.split(".").includes(name) ? kept : keep,
      }
    },
  }
}

interface Dress {
  readonly asset: Asset
  put(html: string, kept: string): { readonly tag: string; readonly hashes: readonly string[]; readonly name: string }
}

/** One sheet: inside the page at the first visit, with the whole of it fetched for later; by its address when the browser has it. */
function openDress(fileName: string, rules: readonly Rule[]): Dress {
  const sheet = sheetOf(rules)
  const asset = assetOf(`${fileName}.css`, selectCss(sheet, new Set([...sheet.asked].filter(isOurs))))
  const name = asset.name.split(".")[1]!
  const chosen = openChoices(sheet)
  const link = { tag: `<link rel="stylesheet" href="/assets/${asset.name}">`, hashes: [], name }
  return {
    asset,
    put: (html, kept) => {
      if (kept.split(".").includes(name)) return link
      const choice = chosen(html)
      return {
        tag: `<style>${choice.css}</style><link rel="prefetch" as="style" href="/assets/${asset.name}">`,
        hashes: [choice.hash],
        name,
      }
    },
  }
}

const cssOf = (paths: readonly string[]): string => paths.map((path) => readAsset(path).toString("utf8")).join("\n")

/** The design system with our theme. Rounding of sizes to whole pixels costs more bytes than it shows. */
function systemCss(): string {
  const css = readPackaged("@digdir/designsystemet-css") + themeCss(readPackaged("@digdir/designsystemet-css/theme.css"))
  return withoutBlocks(css, /@supports \(width:\s*round\(/)
}

const fontFace = (weight: number, asset: Asset): string =>
  `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};font-display:swap;src:url(/assets/${asset.name}) format("woff2")}`

/** Cuts at-rules that begin so, with their blocks. */
function withoutBlocks(css: string, start: RegExp): string {
  let rest = css
  let kept = ""
  for (let found = start.exec(rest); found; found = start.exec(rest)) {
    kept += rest.slice(0, found.index)
    let depth = 0
    let at = rest.indexOf("{", found.index)
    do {
      if (rest[at] === "{") depth++
      else if (rest[at] === "}") depth--
      at++
    } while (depth > 0)
    rest = rest.slice(at)
  }
  return kept + rest
}

/** True for a token that the whole sheet serves. */
export const isOurs = (token: string): boolean =>
  !token.startsWith(".ds-") || PARTS.some((part) => token === `.ds-${part}` || token.startsWith(`.ds-${part}-`))

/** What was chosen for a set of tokens is kept: pages of one kind share it. */
function openChoices(sheet: Sheet): (html: string) => { readonly css: string; readonly hash: string } {
  const known = new Map<string, { css: string; hash: string }>()
  return (html) => {
    const tokens = tokensOf(html, sheet)
    const key = [...tokens].sort().join(" ")
    const found = known.get(key)
    if (found) return found
    const css = selectCss(sheet, tokens)
    const made = { css, hash: createHash("sha256").update(css).digest("base64") }
    if (known.size >= CHOICES_MAX) known.delete(known.keys().next().value!)
    known.set(key, made)
    return made
  }
}
