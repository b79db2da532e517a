// One published version at the desk of those who keep the catalogue: what it is, and its files to take away.
import { type ExportedDefinition, exportDefinition } from "#catalogue"
import type { Tx } from "#platform/db"
import { bytes, html } from "#platform/http"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { archiveOf, typeOfFile, zipOf } from "./version-files.ts"
import { VersionView } from "./version-view.tsx"

export function versionPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskVersion,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const exported = await exportedAt(tx, request.params)
        return html(<VersionView desk={await loadDesk(tx, request, paths.deskDefinitions())} exported={exported} />)
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskVersionFile,
    for: "official",
    handle: async (request) => {
      const exported = await request.tx((tx) => exportedAt(tx, request.params))
      const { file: fileName } = request.params
      if (fileName === archiveOf(exported)) return bytes(zipOf(exported), "application/zip", { fileName })
      const { files, drawings, proof } = exported
      const file = [...files, ...drawings, ...proof].find(({ name }) => name === fileName)
      if (!file) throw problem("not-found")
      return bytes(file.text, typeOfFile(fileName), { fileName })
    },
  })
}

function exportedAt(tx: Tx, { code, version }: { readonly code: string; readonly version: string }): Promise<ExportedDefinition> {
  if (!/^[1-9]\d{0,5}$/.test(version)) throw problem("not-found")
  return exportDefinition(tx, code, Number(version))
}
