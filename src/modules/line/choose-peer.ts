// Which of the sites that serve a provider is asked.
import { printId, type ServerId } from "#engines/xroad"
import { refusal } from "./refusal.ts"
import type { Peer, Roads } from "./roads.ts"

/** The first one that is not in maintenance, or the one that the client insists on. Throws a Refusal. */
export function choosePeer(roads: Roads, provider: string, wanted: ServerId | undefined): Peer {
  const peers = roads.servers(provider)
  if (peers.length === 0) throw refusal("provider-without-server", { provider })
  const server = wanted && printId(wanted)
  const serving = server === undefined ? peers : peers.filter((peer) => peer.server === server)
  if (serving.length === 0) throw refusal("server-not-of-provider", { server: server!, provider })
  const peer = serving.find(({ maintenance }) => maintenance === undefined)
  if (!peer) throw refusal("server-in-maintenance", { notice: serving[0]!.maintenance! })
  return peer
}
