// Colour scales from one seed each: every step has the luminance that its use asks for, so that contrast holds by construction.

type Rgb = readonly [number, number, number]

/** Relative luminance (WCAG 2.2) of each step; text steps keep 4.5:1 on tinted surfaces, borders 3:1 on backgrounds. */
const LIGHT = {
  "background-default": 1,
  "background-tinted": 0.9,
  "surface-default": 1,
  "surface-tinted": 0.81,
  "surface-hover": 0.7,
  "surface-active": 0.59,
  "border-subtle": 0.5,
  "border-default": 0.19,
  "border-strong": 0.11,
  "text-subtle": 0.11,
  "text-default": 0.0245,
} as const
const DARK: Readonly<Record<keyof typeof LIGHT, number>> = {
  "background-default": 0.009,
  "background-tinted": 0.014,
  "surface-default": 0.021,
  "surface-tinted": 0.027,
  "surface-hover": 0.036,
  "surface-active": 0.056,
  "border-subtle": 0.08,
  "border-default": 0.22,
  "border-strong": 0.39,
  "text-subtle": 0.39,
  "text-default": 0.84,
}
/** Luminance of a filled surface in the dark. */
const DARK_BASE = 0.27
/** How much of a seed's colour stays on the surfaces of the dark. */
const DARK_CHROMA = 0.6
/** On the dark, mixing with white alone makes text and signs pale: these steps begin from the seed at full brightness, by this share. */
const DARK_VIVID = 0.55
const VIVID_STEPS: ReadonlySet<string> = new Set(["border-default", "border-strong", "text-subtle"])

export type Scale = Readonly<Record<string, string>>

/** The steps of one seed ("#0B5C7A") in the light and in the dark, as hex colours. */
export function scaleOf(seed: string, scheme: "light" | "dark"): Scale {
  const own = rgbOf(seed)
  const muted = scheme === "dark" ? mix(own, greyOf(luminance(own)), 1 - DARK_CHROMA) : own
  const vivid = mix(muted, brightest(own), DARK_VIVID)
  const from = (name: string) => (scheme === "dark" && VIVID_STEPS.has(name) ? vivid : muted)
  const steps = Object.entries(scheme === "light" ? LIGHT : DARK).map(
    ([name, target]) => [name, hexOf(atLuminance(from(name), target))] as const,
  )
  const base = scheme === "light" ? luminance(own) : DARK_BASE
  const hover = scheme === "light" ? [0.64, 0.38] : [1.35, 1.8]
  const filled = (factor: number) => atLuminance(scheme === "dark" ? vivid : own, Math.min(0.9, base * factor))
  const contrast = contrastOn(base)
  return {
    ...Object.fromEntries(steps),
    "base-default": scheme === "light" ? seed.toLowerCase() : hexOf(filled(1)),
    "base-hover": hexOf(filled(hover[0]!)),
    "base-active": hexOf(filled(hover[1]!)),
    "base-contrast-subtle": hexOf(atLuminance(own, contrast === "#ffffff" ? 0.8 : 0.0095)),
    "base-contrast-default": contrast,
  }
}

/** White or black, whichever reads better on a surface of this luminance. */
const contrastOn = (base: number): string => (1.05 / (base + 0.05) >= 4.5 ? "#ffffff" : "#000000")

/** Contrast ratio of two hex colours (WCAG 2.2). */
export function contrastOf(a: string, b: string): number {
  const [high, low] = [luminance(rgbOf(a)), luminance(rgbOf(b))].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** The colour on the way from a seed to white or black that has this luminance. */
function atLuminance(seed: Rgb, target: number): Rgb {
  const end: Rgb = target > luminance(seed) ? [1, 1, 1] : [0, 0, 0]
  let [near, far] = [0, 1]
  for (let i = 0; i < 30; i++) {
    const middle = (near + far) / 2
    if (target > luminance(seed) === luminance(mix(seed, end, middle)) < target) near = middle
    else far = middle
  }
  return mix(seed, end, far)
}

/** The same hue and saturation, as bright as it gets. */
const brightest = (rgb: Rgb): Rgb => rgb.map((v) => v / Math.max(...rgb)) as unknown as Rgb
const rgbOf = (hex: string): Rgb => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255) as unknown as Rgb
const hexOf = (rgb: Rgb): string =>
  `#${rgb
    .map((v) =>
      Math.round(v * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`
const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
const luminance = ([r, g, b]: Rgb): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
const mix = (a: Rgb, b: Rgb, share: number): Rgb => a.map((v, i) => v + (b[i]! - v) * share) as unknown as Rgb
const greyOf = (target: number): Rgb => atLuminance([0.5, 0.5, 0.5], target)
