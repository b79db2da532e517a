// Style, fonts and icon: named by their content, so that a browser keeps them for a year.
import { bytes, encodingFor, type Http } from "#platform/http"
import { problem } from "#problems"
import type { Asset } from "../../assets/assets.ts"
import { routes } from "../../paths.ts"

const KEPT_SECONDS = 31_536_000

export function assetRoutes(http: Http, assets: readonly Asset[]): void {
  const byName = new Map(assets.map((asset) => [asset.name, asset]))
  http.raw({
    path: routes.asset,
    handle: async ({ params, headers }) => {
      const asset = byName.get(params.name ?? "")
      if (!asset) throw problem("not-found")
      const etag = `"${asset.name.split(".").at(-2)}"`
      const kept = { etag, "cache-control": `public, max-age=${KEPT_SECONDS}, immutable`, vary: "Accept-Encoding" }
      if (headers["if-none-match"] === etag) return bytes("", asset.type, { status: 304, headers: kept })
      const encoding = encodingFor(headers["accept-encoding"])
      const packed = encoding && (await asset.packed?.(encoding))
      return packed
        ? bytes(packed, asset.type, { headers: { ...kept, "content-encoding": encoding } })
        : bytes(asset.plain, asset.type, { headers: kept })
    },
  })
}
