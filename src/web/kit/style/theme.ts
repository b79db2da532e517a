// Our theme for the design system: colours from seeds, the type, and the system's own scales of sizes. Dark by the reader's preference.
import { scaleOf } from "./colors.ts"

/** One seed each; the rest follows. */
export const seeds = {
  accent: "#0B5C7A",
  neutral: "#1E2A32",
  info: "#1C5FA8",
  success: "#1F7A48",
  warning: "#E0A526",
  danger: "#B3261E",
} as const

const FAMILY = `"Be Vietnam Pro","Be Vietnam Fallback",system-ui,sans-serif`

/** The theme as CSS. `scales` is the system's own theme file, of which colours and type are left out. */
export function themeCss(scales: string): string {
  const kept = scales
    .split(/(?=@layer )/)
    .filter((layer) => /^@layer ds\.theme\.(size-mode|type-scale|size|semantic|typography\.primary)\b/.test(layer))
    .join("")
    .replace(/--ds-font-family:[^;}]+/g, `--ds-font-family:${FAMILY}`)
    .replace(/--ds-font-weight-medium:500/g, "--ds-font-weight-medium:600")
    .replace(/(--ds-heading-\w+-font-weight):500/g, "$1:600")
    .replace(/--ds-border-radius-base:[^;}]+/g, "--ds-border-radius-base:.375rem")
    .replace(/(--ds-[\w-]*letter-spacing[\w-]*):[^;}]+/g, "$1:0")
  return `${kept}@layer ds.theme.color{:root{color-scheme:light dark;${colors("light")}}@media (prefers-color-scheme:dark){:root{${colors("dark")}}}${aliases()}}`
}

function colors(scheme: "light" | "dark"): string {
  const steps = Object.entries(seeds).flatMap(([name, seed]) =>
    Object.entries(scaleOf(seed, scheme)).map(([step, color]) => `--ds-color-${name}-${step}:${short(color)}`),
  )
  const focus = scheme === "light" ? ["#fff", "#1e2a32"] : ["#14191c", "#f4f6f7"]
  return [
    ...steps,
    `--ds-color-focus-inner:${focus[0]}`,
    `--ds-color-focus-outer:${focus[1]}`,
    `--ds-link-color-visited:${scheme === "light" ? "#5f3a8a" : "#c3aedd"}`,
  ].join(";")
}

const short = (hex: string): string => hex.replace(/^#(.)\1(.)\2(.)\3$/, "#$1$2$3")

/** `data-color` on an element gives its whole subtree another scale. */
function aliases(): string {
  const steps = Object.keys(scaleOf(seeds.accent, "light"))
  return Object.keys(seeds)
    .map((name) => {
      const at = name === "accent" ? ":root,[data-color=accent]" : `[data-color=${name}]`
      return `${at}{${steps.map((step) => `--ds-color-${step}:var(--ds-color-${name}-${step})`).join(";")}}`
    })
    .join("")
}
