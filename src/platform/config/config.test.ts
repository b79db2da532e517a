// Settings: defaults that need nothing, options before variables, and every impossible one refused by name.
import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { test } from "node:test"
import { ConfigFaults, packageRoot, readConfig, settings } from "./index.ts"

const faultsOf = (options: Record<string, string | boolean>, environment: Record<string, string> = {}): readonly string[] => {
  try {
    readConfig(options, environment)
  } catch (error) {
    assert.ok(error instanceof ConfigFaults)
    return error.faults
  }
  return []
}

test("nothing needs to be set", () => {
  assert.deepEqual(readConfig({}, {}), {
    host: "127.0.0.1",
    port: 8080,
    origin: "http://127.0.0.1:8080",
    data: resolve("data"),
    country: join(packageRoot(), "countries/viet-nam"),
    demo: false,
    logLevel: "info",
  })
})

test("the package's root holds the migrations", () => assert.ok(existsSync(join(packageRoot(), "db/migrations"))))

test("an option goes before its variable, and an empty variable counts as not set", () => {
  const config = readConfig(
    { port: "9000" },
    { MOTLAN_PORT: "9001", MOTLAN_HOST: "", MOTLAN_ORIGIN: "https://dichvucong.example/" },
  )
  assert.deepEqual([config.port, config.host, config.origin], [9000, "127.0.0.1", "https://dichvucong.example"])
})

test("a demo that listens everywhere is reached here", () =>
  assert.equal(readConfig({ host: "0.0.0.0", demo: true, port: "81" }, {}).origin, "http://127.0.0.1:81"))

for (const port of ["0", "65536", "80a", "-1", "", "1e3"])
  test(`the port "${port}" is refused by name`, () =>
    assert.match(faultsOf({ port }).join(), /--port or MOTLAN_PORT can't be that/))

test("all faults are told at once", () => {
  const faults = faultsOf(
    { port: "x" },
    { MOTLAN_LOG_LEVEL: "loud", DATABASE_URL: "mysql://x", MOTLAN_ORIGIN: "https://a.example/path" },
  )
  for (const name of ["MOTLAN_PORT", "MOTLAN_LOG_LEVEL", "DATABASE_URL", "MOTLAN_ORIGIN"])
    assert.ok(
      faults.some((fault) => fault.includes(name)),
      name,
    )
})

test("a site for others needs its address, over TLS; a demo does not", () => {
  assert.match(faultsOf({ host: "0.0.0.0" }).join(), /MOTLAN_ORIGIN is missing/)
  assert.match(faultsOf({ host: "0.0.0.0" }, { MOTLAN_ORIGIN: "http://dichvucong.example" }).join(), /must begin with https/)
  assert.deepEqual(faultsOf({ host: "0.0.0.0" }, { MOTLAN_ORIGIN: "https://dichvucong.example" }), [])
  assert.deepEqual(faultsOf({ host: "0.0.0.0", demo: true }, { MOTLAN_ORIGIN: "http://192.168.1.5:8080" }), [])
})

test("a timestamp authority is named with those who certify it", () => {
  const url = "http://tsa.example/tsr"
  assert.match(faultsOf({}, { MOTLAN_TIMESTAMP_URL: url }).join(), /go together/)
  assert.deepEqual(faultsOf({}, { MOTLAN_TIMESTAMP_URL: url, MOTLAN_TIMESTAMP_ANCHOR: "tsa.pem" }), [])
  assert.match(faultsOf({}, { MOTLAN_TIMESTAMP_URL: "ftp://x", MOTLAN_TIMESTAMP_ANCHOR: "x" }).join(), /MOTLAN_TIMESTAMP_URL/)
})

test("the application's URL goes with the migrator's and is not the same", () => {
  const url = "postgres://a:b@db.example/motlan"
  assert.match(faultsOf({}, { DATABASE_APP_URL: url }).join(), /without DATABASE_URL/)
  assert.match(faultsOf({}, { DATABASE_APP_URL: url, DATABASE_URL: url }).join(), /must not be DATABASE_URL/)
})

test("every setting is documented", () => {
  const text = readFileSync(join(packageRoot(), "docs/settings.md"), "utf8")
  const spelt = settings.flatMap(({ option, variable }) => [option && `\`--${option}\``, variable && `\`${variable}\``])
  assert.deepEqual(
    spelt.filter((spelling) => spelling && !text.includes(spelling)),
    [],
  )
})
