// The route between two versions that a plan of migration takes: both compiled, the map of their steps found good.
import { type CompiledService, compiled } from "#catalogue"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { isUsable, type Route, routeOf, type StepMap } from "./migration.ts"

/** What somebody wants: cases of version `from` go on under `to` (hashes), by this law. `recompute` deadlines even if the limit is the same. */
export interface MigrationWish {
  readonly service: string
  readonly from: string
  readonly to: string
  readonly steps: StepMap
  readonly recompute: boolean
}

/** The route of a wish or a plan. Throws `migration-needless` where there is none to go, `step-map-incomplete`. */
export async function layRoute(tx: Tx, { service, from, to, steps, recompute }: MigrationWish): Promise<Route> {
  if (from === to && !recompute) throw problem("migration-needless")
  const [old, now] = await both(tx, service, from, to)
  if (!isUsable({ from: old, to: now }, steps)) throw problem("step-map-incomplete")
  return routeOf(old, now, steps, recompute)
}

async function both(tx: Tx, service: string, from: string, to: string): Promise<[CompiledService, CompiledService]> {
  const [old, now] = [await compiled(tx, service, from), await compiled(tx, service, to)]
  if (!old || !now) throw problem("migration-needless")
  return [old, now]
}
