// What the database holds, seen past the program: drafts and their cases, codes, jobs.
import { join } from "node:path"
import pg from "pg"
import { openKeys } from "#platform/crypto"
import { bringUp } from "#platform/db"

export interface Behind {
  /** Each draft that was submitted, with its case; a case that is missing has no code. */
  drafts(): Promise<readonly { draft: string; caseId: string; code: string | null }[]>
  codes(): Promise<readonly string[]>
  /** The last number given of each agency and day: `AGENCY DAY` to number. */
  counters(): Promise<readonly { agency: string; since: string; last: number; cases: number }[]>
  jobs(): Promise<{ waiting: number; dead: number; done: number }>
  close(): Promise<void>
}

/** Looks into the database of a running site, with the rights of its own jobs and not more. */
export async function lookBehind(data: string): Promise<Behind> {
  const database = await bringUp({ dataDir: data, keys: openKeys(join(data, "keys")), alongside: true })
  const client = new pg.Client(database.app as pg.ClientConfig)
  client.on("error", () => undefined)
  await client.connect()
  await client.query("select set_config('motlan.kind', 'system', false)")
  const rows = async (text: string) => (await client.query(text)).rows
  return {
    drafts: () =>
      rows(`select t.id as draft, t.case_id as "caseId", d.code from cases.draft t
            left join cases.dossier d on d.agency = t.agency and d.id = t.case_id where t.case_id is not null`),
    codes: async () => (await rows("select code from cases.dossier")).map((row) => row.code),
    counters: () =>
      rows(`select agency, to_char(since, 'YYMMDD') as since, last, (select count(*)::int from cases.dossier d
              where d.agency = counter.agency and split_part(d.code, '-', 2) = to_char(since, 'YYMMDD')) as cases
            from cases.counter where series = 'dossier'`),
    jobs: async () => {
      const found = await rows("select state, count(*)::int as n from platform.job group by state")
      const of = (state: string) => found.find((row) => row.state === state)?.n ?? 0
      return { waiting: of("waiting"), dead: of("dead"), done: of("done") }
    },
    close: async () => {
      await client.end()
      await database.stop()
    },
  }
}
