// Writes into site.yaml what joining has brought; comments and everything else stay as they are.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { Document, isMap, isSeq, parseDocument, type YAMLSeq } from "yaml"
import type { JoinAnswer } from "./join-request.ts"
import type { SiteFile } from "./site-file.ts"

/** Makes a file for a site that has none. */
export function writeSiteFile(path: string, file: SiteFile): void {
  writeWhole(path, new Document(file).toString({ lineWidth: 0 }))
}

/** Adds the hub, and the members that the hub has granted and the file does not name yet. */
export function writeJoined(path: string, hub: NonNullable<SiteFile["hub"]>, members: JoinAnswer["members"]): void {
  const document = existsSync(path) ? parseDocument(readFileSync(path, "utf8")) : new Document({})
  document.set("role", "joined")
  document.set("hub", document.createNode(hub))
  for (const member of members) addMember(document, member)
  writeWhole(path, document.toString({ lineWidth: 0 }))
}

function addMember(document: Document, { subsystems, ...member }: JoinAnswer["members"][number]): void {
  const list = document.get("members")
  const known = isSeq(list) ? list : (document.createNode([]) as YAMLSeq)
  if (known !== list) document.set("members", known)
  const isNamed = known.items.some(
    (item) => isMap(item) && item.get("class") === member.class && String(item.get("code")) === member.code,
  )
  if (isNamed) return
  const named = subsystems?.map((code) => ({ code, name: code }))
  known.add(document.createNode({ ...member, ...(named && { subsystems: named }) }))
}

/** Written beside, synced, then renamed. */
function writeWhole(path: string, text: string): void {
  const fresh = `${path}.${process.pid}.new`
  const file = openSync(fresh, "w", 0o644)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
}
