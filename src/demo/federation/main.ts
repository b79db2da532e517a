// `npm run federation`: a hub, a ministry, a province and a commune's office on one machine, each a program with a database of its own.
import { parseArgs } from "node:util"
import { openFederation } from "./open-federation.ts"
import { addressOf } from "./sites.ts"

const { values } = parseArgs({
  options: { data: { type: "string", default: "data/federation" }, port: { type: "string", default: "8090" } },
})

/** npm and a terminal may both pass on the same Ctrl-C. */
const asked = new Promise<void>((resolve) => {
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => resolve())
})

try {
  const opening = openFederation({ dir: values.data, port: Number(values.port), say: (line) => console.log(`  ${line}`) })
  const federation = await opening
  console.log("\nThe federation is up:")
  for (const site of federation.sites) {
    const name = site.id.padEnd(10)
    console.log(`  ${name}${addressOf(site)}   line 127.0.0.1:${site.line}   systems 127.0.0.1:${site.systems}   ${site.name}`)
  }
  const at = (id: string) => addressOf(federation.sites.find((site) => site.id === id)!)
  console.log(`
Sign in as one of the synthetic cast:
  lan             mother of a newborn: her commune's portal       ${at("commune")}
  lua             records births at the hospital: the desk        ${at("province")}/desk
  binh cuong son  receive, examine and sign in the ward: the desk ${at("commune")}/desk
  an ky           audits the ward's exchanges; runs its machines  ${at("commune")}/desk/exchange

Lan is asked for a consent by the housing fund: ${at("commune")}/consent?contract=${federation.consentContract}
How its system then asks: docs/how-to/ask-with-consent.md

The main job across the four: npm run demo -- --federation
Any of them may be killed: it is started again. Ctrl-C ends all; the data stay in ${values.data}.
`)
  await asked
  await federation.close()
} catch (fault) {
  console.error(`federation: ${(fault as Error).message}`)
  process.exitCode = 1
}
