// The part of a start that a site behind an X-Road security server has: the way to that server's face, and the listener that it calls.
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { answerRegister, openSystemsLog } from "#exchange"
import { type Behind, openBehind } from "#line"
import { openDb } from "#platform/db"
import type { FederateOptions } from "./federate.ts"
import { placeOf } from "./systems.ts"

/** Connections of the registers that the server asks. */
const ROAD_CONNECTIONS_MAX = 4

/** Opens the road that site.yaml names; undefined when it names none. `down` gains what undoes it. */
export async function standBehind(
  { config, site, database, found }: FederateOptions,
  down: (() => Promise<unknown>)[],
): Promise<Behind | undefined> {
  const { file, folder } = found
  const { road } = file
  if (!road) return undefined
  const read = (path: string) => readFileSync(resolve(folder, path), "utf8")
  const { server = "", certificate = "", key = "" } = road.tls ?? {}
  const tls = road.tls && { server: read(server), certificate: read(certificate), key: read(key) }
  const db = openDb({ ...database.app, max: ROAD_CONNECTIONS_MAX }, site)
  down.push(() => db.close())
  const handlers = { REGISTER: answerRegister(site, db) }
  const systems = openSystemsLog(db, site)
  down.push(() => systems.close())
  const behind = openBehind({ site, file, road, tls, folder: join(config.data, "road"), handlers, systems })
  down.push(() => behind.close())
  if (road.listen !== undefined) {
    const [host, port] = placeOf(road.listen)
    await behind.listen(port, host)
  }
  return behind
}
