// The name of a sent file, made harmless: it is shown, stored and offered again as a name to save under.
import type { UploadType } from "./upload.ts"

const NAME_MAX = 100
const endings: Readonly<Record<UploadType, { readonly own: string; readonly also: readonly string[] }>> = {
  "application/pdf": { own: "pdf", also: [] },
  "image/jpeg": { own: "jpg", also: ["jpeg", "jpe", "jfif"] },
  "image/png": { own: "png", also: [] },
}

/** The name without paths, control and direction marks, or an ending of another type; never empty, never hidden. */
export function safeName(name: string, type: UploadType): string {
  const base = name.normalize("NFC").split(/[\\/]/).at(-1)!
  const plain = base
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[^\p{L}\p{M}\p{N} ._()-]/gu, "_")
    .replace(/\s+/g, " ")
  const { own, also } = endings[type]
  const stem = plain.replace(new RegExp(`(\\.(${[own, ...also].join("|")}))+$`, "i"), "").replaceAll(".", "_")
  const short = [...stem.replace(/^[ _-]+|[ _-]+$/g, "")].slice(0, NAME_MAX).join("").trim()
  return `${short || "file"}.${own}`
}

/** The type that the ending of a name claims; undefined when it claims none that is known here. */
export function claimedByEnding(name: string): UploadType | undefined {
  const ending = /\.([A-Za-z0-9]{1,10})\s*$/.exec(name)?.[1]?.toLowerCase()
  const found = Object.entries(endings).find(([, { own, also }]) => ending === own || also.includes(ending ?? ""))
  return found?.[0] as UploadType | undefined
}
