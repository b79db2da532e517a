// A register of another site says that something happened to a record: the person concerned is told at this site too.
import { notify } from "#notices"
import type { Tx } from "#platform/db"

/** Works the job `register-event`. */
export async function hearEvent(tx: Tx, payload: unknown): Promise<void> {
  const { subject, register, event } = payload as { subject: string; register: string; event: string }
  await notify(tx, { subject, code: "register-event", params: { register, event }, link: "/my/data" })
}
