// `npm run schema`: writes db/schema.sql anew after a migration was added.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { asSuperuser, startCluster } from "./cluster.ts"
import { dumpSchema } from "./schema-dump.ts"

const { cluster, stop } = await startCluster()
try {
  writeFileSync(join(import.meta.dirname, "../db/schema.sql"), await asSuperuser(cluster, cluster.template, dumpSchema))
} finally {
  stop()
}
