// Settings: from options and environment, an option before its variable; parsed by one schema, impossible combinations refused.
import { join, resolve } from "node:path"
import Type, { type Static } from "typebox"
import Value from "typebox/value"
import { packageRoot } from "./package-root.ts"

export const Config = Type.Object({
  host: Type.String({ minLength: 1 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  /** The address that citizens use, without a closing slash. */
  origin: Type.String({ pattern: "^https?://[^/?#@\\s]+$" }),
  /** Where the database, files, keys and the lock live. */
  data: Type.String({ minLength: 1 }),
  /** Folder of the country pack. */
  country: Type.String({ minLength: 1 }),
  /** With the synthetic cast and its own identity provider. */
  demo: Type.Boolean(),
  logLevel: Type.Enum(["debug", "info", "warn", "error", "silent"]),
  /** The file that says what this site is in a federation; DATA/site.yaml when it is there, else the site is alone. */
  site: Type.Optional(Type.String({ minLength: 1 })),
  /** Where the checkpoints of the evidence are timestamped (RFC 3161), and the certificates (PEM file) of those who certify that authority. */
  timestampUrl: Type.Optional(Type.String({ pattern: "^https?://[^\\s]{1,1000}$" })),
  timestampAnchor: Type.Optional(Type.String({ minLength: 1 })),
  databaseUrl: Type.Optional(Type.String({ pattern: "^postgres(ql)?://" })),
  databaseAppUrl: Type.Optional(Type.String({ pattern: "^postgres(ql)?://" })),
})
export type Config = Static<typeof Config>

export interface Setting {
  readonly name: keyof Config
  /** Its option on the command line. */
  readonly option?: string
  /** Its variable in the environment; an empty one counts as not set. */
  readonly variable?: string
  readonly about: string
}

/** Every setting with its spellings; `motlan help` prints them. */
export const settings: readonly Setting[] = [
  { name: "port", option: "port", variable: "MOTLAN_PORT", about: "the port to listen on (8080)" },
  { name: "host", option: "host", variable: "MOTLAN_HOST", about: "the address to listen on (127.0.0.1)" },
  { name: "data", option: "data", variable: "MOTLAN_DATA", about: "the folder of database, files and keys (./data)" },
  {
    name: "country",
    option: "country",
    variable: "MOTLAN_COUNTRY",
    about: "the folder of the country pack (countries/viet-nam)",
  },
  { name: "demo", option: "demo", about: "with a synthetic cast and its own sign-in; never where real people are served" },
  { name: "origin", variable: "MOTLAN_ORIGIN", about: "the address that people use, such as https://dichvucong.example" },
  {
    name: "site",
    option: "site",
    variable: "MOTLAN_SITE",
    about: "the file that says what this site is in a federation (DATA/site.yaml, where there is one)",
  },
  { name: "timestampUrl", variable: "MOTLAN_TIMESTAMP_URL", about: "the RFC 3161 authority that timestamps the evidence" },
  {
    name: "timestampAnchor",
    variable: "MOTLAN_TIMESTAMP_ANCHOR",
    about: "the file of certificates (PEM) by which that authority is believed",
  },
  { name: "logLevel", variable: "MOTLAN_LOG_LEVEL", about: "debug, info, warn, error or silent (info)" },
  { name: "databaseUrl", variable: "DATABASE_URL", about: "a PostgreSQL server (15 or newer) of one's own; its user migrates" },
  { name: "databaseAppUrl", variable: "DATABASE_APP_URL", about: "the same database for the application's own, weaker role" },
]

/** Thrown with one sentence for each setting that can't be. */
export class ConfigFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"))
    this.name = "ConfigFaults"
  }
}

type Options = Readonly<Record<string, string | boolean | undefined>>
type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings. Throws ConfigFaults with every fault at once. Relative folders count from the working folder. */
export function readConfig(options: Options, environment: Environment): Config {
  const told = Object.fromEntries(settings.map((setting) => [setting.name, toldOf(setting, options, environment)]))
  const host = told.host ?? "127.0.0.1"
  const port = told.port === undefined ? 8080 : wholeNumber(String(told.port))
  const config = {
    host,
    port,
    origin: String(told.origin ?? `http://${reachedAs(String(host))}:${port}`).replace(/\/$/, ""),
    data: resolve(String(told.data ?? "data")),
    country: told.country === undefined ? join(packageRoot(), "countries/viet-nam") : resolve(String(told.country)),
    demo: told.demo === true,
    logLevel: told.logLevel ?? "info",
    ...(told.site === undefined ? {} : { site: resolve(String(told.site)) }),
    ...(told.timestampUrl === undefined ? {} : { timestampUrl: told.timestampUrl }),
    ...(told.timestampAnchor === undefined ? {} : { timestampAnchor: resolve(String(told.timestampAnchor)) }),
    ...(told.databaseUrl === undefined ? {} : { databaseUrl: told.databaseUrl }),
    ...(told.databaseAppUrl === undefined ? {} : { databaseAppUrl: told.databaseAppUrl }),
  }
  const faults = [...shapeFaults(config), ...combinationFaults(config as Config, told.origin !== undefined)]
  if (faults.length > 0) throw new ConfigFaults(faults)
  return config as Config
}

function toldOf(setting: Setting, options: Options, environment: Environment): string | boolean | undefined {
  const option = setting.option === undefined ? undefined : options[setting.option]
  if (option !== undefined) return option
  return setting.variable === undefined ? undefined : environment[setting.variable] || undefined
}

const wholeNumber = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN)

/** A site that listens everywhere is reached here under the loopback's name. */
const reachedAs = (host: string): string =>
  host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host

function shapeFaults(config: object): string[] {
  const wrong = new Set(Value.Errors(Config, config).map((error) => error.instancePath.slice(1)))
  return [...wrong].map((name) => {
    const { option, variable, about } = settings.find((setting) => setting.name === name)!
    return `${[option && `--${option}`, variable].filter(Boolean).join(" or ")} can't be that: it is ${about}`
  })
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/

function combinationFaults(config: Config, isOriginGiven: boolean): string[] {
  const faults: string[] = []
  const isHere = LOOPBACK.test(config.host)
  if (!config.demo && !isHere && !isOriginGiven)
    faults.push(`MOTLAN_ORIGIN is missing: a site that listens on ${config.host} must know the address that people use`)
  if (
    !config.demo &&
    URL.canParse(config.origin) &&
    config.origin.startsWith("http://") &&
    !LOOPBACK.test(new URL(config.origin).hostname)
  )
    faults.push("MOTLAN_ORIGIN must begin with https:// for a name that others reach: cookies travel over TLS only")
  if ((config.timestampUrl === undefined) !== (config.timestampAnchor === undefined))
    faults.push("MOTLAN_TIMESTAMP_URL and MOTLAN_TIMESTAMP_ANCHOR go together: an authority is believed by its certificates")
  if (config.databaseAppUrl !== undefined && config.databaseUrl === undefined)
    faults.push("DATABASE_APP_URL without DATABASE_URL: name the server for the migrator too")
  if (config.databaseAppUrl !== undefined && config.databaseAppUrl === config.databaseUrl)
    faults.push("DATABASE_APP_URL must not be DATABASE_URL: row-level security does not bind the owner of the tables")
  return faults
}
