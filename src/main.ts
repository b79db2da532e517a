// The command `motlan`: finds the command's name, reads its options, and turns faults into words and an exit code.
// Each command is loaded when it is asked for.
import { parseArgs } from "node:util"
import { ConfigFaults, readConfig } from "#platform/config"

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  data: { type: "string" },
  country: { type: "string" },
  demo: { type: "boolean" },
  lang: { type: "string" },
  site: { type: "string" },
  member: { type: "string", multiple: true },
  name: { type: "string", multiple: true },
  id: { type: "string" },
  line: { type: "string" },
  face: { type: "string" },
  anchor: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

const FAILED = 1
const MISUSED = 2
const LEFT_OPEN_MAX_MS = 1_000

/** One hash in 64 begins with a dash (base64url): it is a name all the same, and no option. */
const HASH = /^-[A-Za-z0-9_-]{42}$/

async function main(): Promise<number> {
  const said = process.argv.slice(2)
  const hashes = said.includes("--") ? [] : said.filter((one) => HASH.test(one))
  const args = [...said.filter((one) => !hashes.includes(one)), ...(hashes.length > 0 ? ["--", ...hashes] : [])]
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const [command = "help", ...names] = positionals
  const { member, name, ...settings } = values
  const config = () => readConfig(settings, process.env)
  if (values.help) return (await import("./commands/help.ts")).help()
  switch (command) {
    case "help":
      return (await import("./commands/help.ts")).help()
    case "start":
      return (await import("./commands/start.ts")).start(config())
    case "stop":
      return (await import("./commands/stop.ts")).stop(config())
    case "verify":
      return (await import("./commands/verify.ts")).verify(config, names, values)
    case "evidence":
      return (await import("./commands/evidence.ts")).evidence(config(), names, values.lang ?? "en")
    case "member":
      return (await import("./commands/member.ts")).member(config(), names, values)
    case "contract":
      return (await import("./commands/contract.ts")).contract(config(), names, values.lang ?? "en")
    case "directory":
      return (await import("./commands/directory.ts")).directory(config(), names, values.lang ?? "en")
    case "sources":
      return (await import("./commands/sources.ts")).sources(config(), names, values.lang ?? "en")
    case "check":
      return (await import("./commands/check.ts")).check(config(), names[0], values.lang ?? "en")
    default:
      console.error(`motlan knows no command "${command}"; motlan help lists them`)
      return MISUSED
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUsage = error instanceof ConfigFaults || String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS")
  console.error(`motlan: ${(error as Error).message}`)
  if (!isUsage && process.env.MOTLAN_LOG_LEVEL === "debug") console.error(error)
  process.exitCode = isUsage ? MISUSED : FAILED
}

// Whatever a failed start may have left open does not keep the program alive.
setTimeout(() => process.exit(), LEFT_OPEN_MAX_MS).unref()
