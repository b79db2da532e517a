// A record type that this site keeps itself, of the same owner, seen as another.
import { readRecords } from "#registers"
import type { Asker } from "./asker.ts"
import { SourceFailure } from "./failure.ts"
import type { RegisterSource } from "./source-file.ts"

export function openRegister({ from }: RegisterSource): Asker {
  return {
    ask: async ({ tx, request, rowsMax }) => {
      const subject = tx.site.keys.subjectOf(request.number)
      const found = await readRecords(tx, from, subject, request.today, { validOn: request.validOn })
      if (found.length > rowsMax) throw new SourceFailure("rows-too-many", String(rowsMax))
      return found.map(({ data }) => data)
    },
    close: async () => undefined,
  }
}
