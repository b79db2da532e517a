// How a file goes to a browser: to be saved, never run.
import type { Site } from "#platform/site"
import type { OpenedFile } from "./document.ts"

/** Nothing in the file may load, run, or stand in a frame, should a browser show it after all. */
const SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** A stored file with the headers that the web sends with it. */
export function servedFile(site: Site, file: { name: string; type: string; bytes: number; sha256: string }): OpenedFile {
  const { name, type, bytes, sha256 } = file
  const headers = {
    "content-type": type,
    "content-length": String(bytes),
    "content-disposition": `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodeName(name)}`,
    "content-security-policy": SANDBOX,
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
  }
  return { name, type, bytes, sha256, stream: site.files.stream(sha256), headers }
}

const asciiName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, (letter) => (letter === "đ" ? "d" : "D"))
    .replace(/[^A-Za-z0-9._ -]/g, "_")

/** RFC 8187. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
