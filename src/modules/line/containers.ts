// What X-Road's clients fetch as containers of signed messages: here the evidence of an exchange, and what it is verified by, as a zip.
import { crc32 } from "node:zlib"
import { parseClientId, printId, type Rendered } from "#engines/xroad"
import type { Bundle } from "#evidence"
import { admit, type Connection } from "./admit.ts"
import type { Line } from "./line.ts"
import { requestIdOf } from "./operations.ts"
import { Refusal } from "./refusal.ts"

/** Where evidence is exported from. */
export interface EvidenceSource {
  /** Undefined when there is none, or none yet under a checkpoint. */
  bundle(message: string): Promise<Bundle | undefined>
  /** Certificates of the trust anchors, PEM. */
  anchors(): Promise<readonly string[]>
}

const PARAMETERS = ["queryId", "xRoadInstance", "memberClass", "memberCode", "subsystemCode"] as const
const NOT_HERE =
  "There is no evidence of this exchange here, or none yet: that of the last seconds lies too near for a checkpoint"

/**
 * Answers `GET /asic` and `GET /verificationconf`. `queryId` is the X-Road-Request-Id of the exchange; the X-Road-Id is found while the
 * exchange is remembered. Only the client and the provider of an exchange get its evidence.
 */
export async function containerOf(
  line: Line,
  source: EvidenceSource | undefined,
  face: "asic" | "verificationconf",
  url: string,
  from: Connection,
): Promise<Rendered> {
  if (!source) return plain(404, "This site keeps no evidence")
  if (face === "verificationconf") return zipped("verificationconf.zip", "trust-anchors.pem", (await source.anchors()).join(""))
  const query = new URLSearchParams(url.split("?")[1] ?? "")
  const [id, ...parts] = PARAMETERS.map((name) => query.get(name) ?? "")
  const missing = PARAMETERS.find((name) => !query.get(name))
  if (missing) return plain(400, `Missing parameter: ${missing}`)
  const client = parseClientId(parts.map(encodeURIComponent).join("/"))
  const name = client.ok ? printId(client.value) : ""
  if (!line.roads.hosts(name)) return plain(401, `Client '${name}' not found`)
  try {
    admit(line.roads, name, from, line.site.clock())
  } catch (fault) {
    if (fault instanceof Refusal) return plain(401, fault.error.message)
    throw fault
  }
  const bundle = await source.bundle(requestIdOf(line, id!) ?? id!)
  if (!bundle || !isPartyOf(name, bundle)) return plain(404, NOT_HERE)
  return zipped(`${bundle.message}.zip`, `${bundle.message}.json`, JSON.stringify(bundle, undefined, 2))
}

/** Is this the client of the exchange or its provider? What was sealed says so. */
function isPartyOf(name: string, { records }: Bundle): boolean {
  const texts = records.flatMap(({ text, of }) => [text, ...(of ? [of.text] : [])])
  return texts.some((text) => {
    const client = /^"x-road-client": (.+)$/m.exec(text)?.[1]
    return client === name || /^"@path": \/r1\/(.+)$/m.exec(text)?.[1]?.startsWith(`${name}/`) === true
  })
}

export const plain = (status: number, text: string): Rendered => ({
  status,
  headers: ["Content-Type", "text/plain; charset=utf-8"],
  body: Buffer.from(text),
})

const zipped = (file: string, name: string, text: string): Rendered => ({
  status: 200,
  headers: ["Content-Type", "application/zip", "Content-Disposition", `attachment; filename="${file}"`],
  body: zipOf(name, Buffer.from(text)),
})

const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
const VERSION = 20
/** Names are UTF-8. */
const FLAGS = 0x0800
/** 1 January 1980: the file says when, its envelope need not. */
const DATE = 0x21

/** A zip (APPNOTE 4.3) of one file, which is stored as it is. */
function zipOf(name: string, bytes: Buffer): Buffer {
  const label = Buffer.from(name)
  const about = Buffer.alloc(26)
  for (const [at, value] of [
    [0, VERSION],
    [2, FLAGS],
    [8, DATE],
    [22, label.length],
  ] as const)
    about.writeUInt16LE(value, at)
  for (const [at, value] of [
    [10, crc32(bytes)],
    [14, bytes.length],
    [18, bytes.length],
  ] as const)
    about.writeUInt32LE(value, at)
  const local = Buffer.concat([words(LOCAL), about, label, bytes])
  const version = Buffer.alloc(2)
  version.writeUInt16LE(VERSION)
  // Comment, disk, attributes and offset are none, that is zero.
  const central = Buffer.concat([words(CENTRAL), version, about, Buffer.alloc(14), label])
  const end = Buffer.alloc(18)
  for (const at of [4, 6]) end.writeUInt16LE(1, at)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, words(END), end])
}

function words(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}
