// A small timestamp authority for tests, made of what openssl brings: `openssl ts` behind HTTP.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface TestAuthority {
  readonly url: string
  /** PEM of the authority that certifies it. */
  readonly anchor: string
  /** What the answer to a request becomes; set by a test. */
  change: (answer: Buffer) => Buffer
  /** Whose certificate signs: its own, or that of somebody whom another authority has certified. */
  signer: "tsa" | "other"
  /** The reply to a request, as it would be sent. */
  reply(request: Buffer): Buffer
  close(): void
}

export const hasOpenssl = (): boolean => spawnSync("openssl", ["ts", "-help"]).status === 0

const CONFIG = `
[tsa]
default_tsa = tsa1
[tsa1]
serial = DIR/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[stamps]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
`

/** Opens it on a free port; `kind` is the key with which it signs. */
export async function openTimestampAuthority(kind: "ec" | "rsa"): Promise<TestAuthority> {
  const dir = mkdtempSync(join(tmpdir(), "motlan-tsa-"))
  const path = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: dir, stdio: ["ignore", "pipe", "ignore"] })
  writeFileSync(path("tsa.cnf"), CONFIG.replaceAll("DIR", dir))
  writeFileSync(path("serial"), "01\n")
  const newKey = kind === "ec" ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] : ["-newkey", "rsa:2048"]
  const make = (name: string, section: string, issuer?: string) =>
    openssl(
      ...["req", "-x509", "-nodes", "-sha256", "-days", "30", "-config", "tsa.cnf", "-subj", `/O=Test/CN=${name}`],
      ...[...newKey, "-keyout", `${name}.key`, "-out", `${name}.pem`, "-extensions", section],
      ...(issuer ? ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`] : []),
    )
  writeFileSync(path("tsa.cnf"), `${readFileSync(path("tsa.cnf"), "utf8")}\n[req]\ndistinguished_name = dn\n[dn]\n`)
  make("root", "root")
  make("tsa", "stamps", "root")
  make("strange", "root")
  make("other", "stamps", "strange")
  const authority: TestAuthority = {
    url: "",
    anchor: readFileSync(path("root.pem"), "utf8"),
    change: (answer) => answer,
    signer: "tsa",
    reply: (request) => {
      writeFileSync(path("request"), request)
      const signer = ["-signer", `${authority.signer}.pem`, "-inkey", `${authority.signer}.key`]
      openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request", ...signer, "-out", "reply")
      return readFileSync(path("reply"))
    },
    close: () => {
      server.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    response.setHeader("content-type", "application/timestamp-reply")
    response.end(authority.change(authority.reply(Buffer.concat(chunks))))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return Object.assign(authority, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}
