// `motlan help`: the commands and settings.
import { settings } from "#platform/config"

const COMMANDS: readonly (readonly [string, string])[] = [
  ["start", "bring up the database, migrate, publish the country pack, serve; Ctrl-C ends it"],
  ["stop", "end the running site of a data folder, and its database"],
  [
    "check [DIR]",
    "check a country pack, and the sources that this site has for it; every finding names file, line and the mend (--lang vi|en)",
  ],
  ["member invite", "at the hub: a code for --member CLASS/CODE[/SUBSYSTEM...] --name NAME; both may come several times"],
  ["member join CODE", "join a federation; without a site.yaml also --id, --name, --line HOST:PORT and --face URL"],
  ["member remove NAME", "at the hub: take a SITE, CLASS/CODE or CLASS/CODE/SUBSYSTEM off the directory"],
  ["directory announce-key|change-key", "at the hub: announce the next key of the directory; let it take over"],
  ["contract list", "the contracts that this site knows, with their state"],
  ["contract propose FILE", "sign a contract and send it to the other party; FILE is YAML, one contract or a list"],
  ["contract accept|reject|revoke HASH...", "sign what waits, refuse it, or end what was signed"],
  ["sources check", "look whether the systems that answer for registers are what their declarations say"],
  ["sources try ID KEY=VALUE...", "ask one of them: number=... and, if need be, validOn=, today=, purpose="],
  ["verify log", "walk the book of a data folder, and its log of evidence, and name what is broken"],
  ["verify exchange FILE...", "check exported exchanges by themselves, without a database (--anchor FILE, --lang vi|en)"],
  [
    "verify definition FILE SIGNATURE",
    "check a definition exported at the desk, without a database (--anchor KEY, --lang vi|en)",
  ],
  ["evidence export MESSAGE", "print what this site can prove of one exchange"],
  ["evidence refused", "show what the line has refused, and why"],
  ["help", "this text"],
]

/** Prints the commands and settings. */
export function help(): number {
  const line = (left: string, right: string) => console.log(`  ${left.padEnd(34)} ${right}`)
  console.log("motlan: a digital government platform\n\nCommands")
  for (const [name, about] of COMMANDS) line(`motlan ${name}`, about)
  console.log("\nSettings")
  for (const { option, variable, about } of settings) line([option && `--${option}`, variable].filter(Boolean).join(", "), about)
  return 0
}
