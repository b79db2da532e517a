// Reads site.yaml: everything wrong in it with its line and mend, at once.
import { existsSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { FileFaults, type FileFinding, readSource, type SourceFile, schemaFindings } from "#country"
import { SiteFile } from "./site-file.ts"

/** Thrown when the file can't be. */
export class SiteFileFaults extends FileFaults {}

const NAME = "site.yaml"

/**
 * Where the site's file is: the one that was named, else site.yaml in the data folder; undefined when there is none: the site is alone.
 * Throws an Error when a named one is missing.
 */
export function findSiteFile(dataDir: string, named?: string): string | undefined {
  const path = named === undefined ? join(dataDir, NAME) : resolve(named)
  if (existsSync(path)) return path
  if (named !== undefined) throw new Error(`there is no file ${path}`)
  return undefined
}

/** Reads the file at `path`. Throws SiteFileFaults with every fault. */
export function readSiteFile(path: string): SiteFile {
  const source = readSource(dirname(path), basename(path))
  if (!("data" in source)) throw new SiteFileFaults(source)
  const shape = schemaFindings(source, SiteFile)
  if (shape.length > 0) throw new SiteFileFaults(shape)
  const file = source.data as SiteFile
  const findings = [
    ...hubFindings(source, file),
    ...pinFindings(source, file),
    ...roadFindings(source, file),
    ...nameFindings(source, file),
  ]
  if (findings.length > 0) throw new SiteFileFaults(findings)
  return file
}

type Words = Pick<FileFinding, "words" | "mend">

const words = {
  "hub-of-a-hub": {
    words: { vi: "Nút trung tâm không gia nhập nút khác.", en: "A hub joins no other hub." },
    mend: { vi: "Bỏ khóa “hub”, hoặc viết role: joined.", en: "Take out “hub”, or write role: joined." },
  },
  "only-of-a-hub": {
    words: { vi: "Chỉ nút trung tâm có khóa này.", en: "Only a hub has this key." },
    mend: { vi: "Chuyển khóa này sang site.yaml của nút trung tâm.", en: "Move it to the site.yaml of the hub." },
  },
  "named-twice": {
    words: { vi: "Tên này được viết hai lần.", en: "This is named twice." },
    mend: { vi: "Giữ lại một.", en: "Keep one of them." },
  },
  "road-in-the-clear": {
    words: { vi: "“tls” đi cùng địa chỉ https, và chỉ với nó.", en: "“tls” goes with an address of https, and with no other." },
    mend: {
      vi: "Khai chứng thư của máy chủ bảo mật và của nút, hoặc dùng http trên cùng máy.",
      en: "Name the certificates of the security server and of this site, or use http on one machine.",
    },
  },
  "pin-not-told": {
    words: { vi: "Mã PIN phải nằm trong một tệp hoặc một biến.", en: "The PIN has to stand in a file or in a variable." },
    mend: { vi: "Viết “file” hoặc “env”, một trong hai.", en: "Write “file” or “env”, one of both." },
  },
  "subsystem-unknown": {
    words: { vi: "Nút này không có phân hệ đó.", en: "This site has no such subsystem." },
    mend: {
      vi: "Khai phân hệ dưới “members”, hoặc sửa thành LỚP/MÃ/PHÂN-HỆ.",
      en: "Name it under “members”, or write CLASS/CODE/SUBSYSTEM as it stands there.",
    },
  },
  "client-unknown": {
    words: { vi: "Nút này không có thành viên hay phân hệ đó.", en: "This site has no such member or subsystem." },
    mend: {
      vi: "Viết LỚP/MÃ hoặc LỚP/MÃ/PHÂN-HỆ như ở “members”.",
      en: "Write CLASS/CODE or CLASS/CODE/SUBSYSTEM as it stands under “members”.",
    },
  },
  "clients-without-tls": {
    words: { vi: "Đã đòi TLS nhưng không có địa chỉ TLS.", en: "TLS is demanded, and there is no address for it." },
    mend: { vi: "Thêm “systemsTls”.", en: "Add “systemsTls”." },
  },
} as const satisfies Record<string, Words>

const finding = (source: SourceFile, keys: readonly (string | number)[], code: keyof typeof words): FileFinding => ({
  ...source.at(keys),
  code,
  ...words[code],
})

function hubFindings(source: SourceFile, file: SiteFile): FileFinding[] {
  if (file.role === "hub") return file.hub ? [finding(source, ["hub"], "hub-of-a-hub")] : []
  return (["trustAnchors", "groups"] as const).filter((key) => file[key]).map((key) => finding(source, [key], "only-of-a-hub"))
}

function roadFindings(source: SourceFile, { road }: SiteFile): FileFinding[] {
  if (!road || road.url.startsWith("https:") === (road.tls !== undefined)) return []
  return [finding(source, ["road", "url"], "road-in-the-clear")]
}

function pinFindings(source: SourceFile, { seal }: SiteFile): FileFinding[] {
  if (!seal || (seal.pkcs11.pin.file === undefined) !== (seal.pkcs11.pin.env === undefined)) return []
  return [finding(source, ["seal", "pkcs11", "pin"], "pin-not-told")]
}

function nameFindings(
  source: SourceFile,
  { members = [], services = [], agencies = [], clients = [], systemsTls }: SiteFile,
): FileFinding[] {
  const findings: FileFinding[] = []
  const seen = new Set<string>()
  const once = (name: string, keys: readonly (string | number)[]) => {
    if (seen.has(name)) findings.push(finding(source, keys, "named-twice"))
    seen.add(name)
  }
  const subsystems = new Set<string>()
  for (const [i, member] of members.entries()) {
    once(`${member.class}/${member.code}`, ["members", i, "code"])
    for (const [j, { code }] of (member.subsystems ?? []).entries()) {
      const name = `${member.class}/${member.code}/${code}`
      once(name, ["members", i, "subsystems", j, "code"])
      subsystems.add(name)
    }
  }
  for (const [i, service] of services.entries()) {
    once(`${service.subsystem}/${service.code}`, ["services", i, "code"])
    if (!subsystems.has(service.subsystem)) findings.push(finding(source, ["services", i, "subsystem"], "subsystem-unknown"))
  }
  for (const [i, agency] of agencies.entries()) {
    once(`agency ${agency.id}`, ["agencies", i, "id"])
    if (!subsystems.has(agency.subsystem)) findings.push(finding(source, ["agencies", i, "subsystem"], "subsystem-unknown"))
  }
  for (const [i, { client }] of clients.entries()) {
    once(`client ${client}`, ["clients", i, "client"])
    if (!seen.has(client)) findings.push(finding(source, ["clients", i, "client"], "client-unknown"))
  }
  if (clients.length > 0 && systemsTls === undefined) findings.push(finding(source, ["clients"], "clients-without-tls"))
  return findings
}
