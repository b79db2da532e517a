// Exchanges a second between two sites with full evidence, in turn with the same code without it and with nginx as two hops of mutual TLS.
import { type ChildProcess, execFile, fork, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { built, NODE_FLAGS } from "../test/built.ts"
import { newDataFolder } from "../test/crash/site-process.ts"
import { freePorts } from "../test/free-port.ts"
import { CONSUMER, type Federation, makeFederation, SERVICE } from "../test/line/two-sites.ts"
import type { Kept, LineSiteOrder } from "./line-site.ts"
import { type Benchmark, type Measure, median } from "./measure.ts"

const ROUNDS = 5
const SECONDS = 5
/**
 * Until the program runs as one that has been up for a while: what is done once a batch is compiled late, and what was compiled for one
 * of the two is compiled anew for both when the other comes. nginx needs none of it.
 */
const WARM_TURNS = 6
const WARM_SECONDS = 10
const CONNECTIONS = 64
const BODY_BYTES = 1_024
/** Requests one after the other, to see what the line adds. */
const ALONE_SECONDS = 3

const run_ = promisify(execFile)

/** Benchmark `line`. It needs nginx and wrk on the path. */
export const run: Benchmark = async (say) => {
  for (const program of ["nginx", "wrk"])
    if (spawnSync(program, ["-v"]).error) throw new Error(`${program} is not installed: the line is measured with it`)
  const bench = await open()
  try {
    return await measure(bench, say)
  } finally {
    await bench.close()
  }
}

interface Bench {
  readonly evidenced: Road
  readonly bare: Road
  readonly nginx: Road
  readonly direct: Road
  readonly sites: readonly ChildProcess[]
  close(): Promise<void>
}

interface Road {
  readonly url: string
  readonly headers: readonly string[]
}

async function open(): Promise<Bench> {
  const federation = await makeFederation(new Date())
  const ports = await freePorts(11)
  const port = (i: number) => ports[i]!
  const folder = mkdtempSync("/tmp/motlan-bench-nginx-")
  chmodSync(folder, 0o755)
  const nginx = await startNginx(folder, federation, { provider: port(0), first: port(1), second: port(2) })
  const addresses = [
    ["commune", `127.0.0.1:${port(3)}`],
    ["ministry", `127.0.0.1:${port(7)}`],
  ] as const
  const url = `http://127.0.0.1:${port(0)}/person`
  const stops: (() => Promise<void>)[] = []
  const program = built(join(import.meta.dirname, "line-site.ts"))
  const start = async (id: string, first: number) => {
    const folder = newDataFolder("bench")
    const ports = {
      sealed: { peers: port(first), clients: port(first + 2) },
      bare: { peers: port(first) + 1, clients: port(first + 3) },
    }
    const child = await startSite(program, { federation, id, data: folder.data, addresses, ports, url })
    stops.push(async () => {
      child.send("stop")
      await once(child, "exit")
      folder.remove()
    })
    return child
  }
  const commune = await start("commune", 3)
  const ministry = await start("ministry", 7)
  const path = `/r1/${SERVICE}/records/1`
  const headers = [`X-Road-Client: ${CONSUMER}`]
  return {
    evidenced: { url: `http://127.0.0.1:${port(5)}${path}`, headers },
    bare: { url: `http://127.0.0.1:${port(6)}${path}`, headers },
    nginx: { url: `http://127.0.0.1:${port(1)}${path}`, headers },
    direct: { url: `${url}/records/1`, headers: [] },
    sites: [commune, ministry],
    close: async () => {
      await Promise.all(stops.map((stop) => stop()))
      nginx.kill("SIGQUIT")
      await once(nginx, "exit")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function measure(bench: Bench, say: (line: string) => void): Promise<Measure[]> {
  const roads = ["evidenced", "bare", "nginx"] as const
  for (let turn = 0; turn < WARM_TURNS; turn++)
    for (const road of ["evidenced", "bare"] as const) await load(bench, road, CONNECTIONS, WARM_SECONDS)
  const rounds: Record<(typeof roads)[number], Load>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? roads : roads.toReversed()
    const loads: Partial<Record<(typeof roads)[number], Load>> = {}
    for (const road of order) loads[road] = await load(bench, road, CONNECTIONS, SECONDS)
    const { evidenced, bare, nginx } = loads as Record<(typeof roads)[number], Load>
    rounds.push({ evidenced, bare, nginx })
    say(
      `round ${round + 1}: ${evidenced.perSecond.toFixed(0)}/s (${evidenced.cpu.toFixed(0)} µs), without evidence ` +
        `${bare.perSecond.toFixed(0)}/s (${bare.cpu.toFixed(0)} µs), nginx ${nginx.perSecond.toFixed(0)}/s`,
    )
  }
  await load(bench, "evidenced", 1, 2 * WARM_SECONDS)
  const alone: { added: number; p99: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const through = await load(bench, "evidenced", 1, ALONE_SECONDS)
    const direct = await load(bench, "direct", 1, ALONE_SECONDS)
    alone.push({ added: through.p50 - direct.p50, p99: through.p99 })
  }
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
  const kept = await Promise.all(bench.sites.map(keptBy))
  const sum = (pick: (one: Kept) => number) => kept.reduce((total, one) => total + pick(one), 0)
  const about = `${CONNECTIONS} connections, ${BODY_BYTES} bytes, ${ROUNDS} rounds of ${SECONDS} s`
  return [
    { name: "exchanges with full evidence", value: of((r) => r.evidenced.perSecond), unit: "/s", atLeast: 2_500, about },
    { name: "processor time of both sites, against none", value: of((r) => r.evidenced.cpu / r.bare.cpu), unit: "", atMost: 1.5 },
    { name: "processor time of both sites, one exchange", value: of((r) => r.evidenced.cpu), unit: "µs" },
    { name: "the same without evidence", value: of((r) => r.bare.cpu), unit: "µs" },
    { name: "exchanges without evidence", value: of((r) => r.bare.perSecond), unit: "/s" },
    {
      name: "share of nginx, two hops of mutual TLS",
      value: of((r) => r.evidenced.perSecond / r.nginx.perSecond),
      unit: "",
      atLeast: 0.2,
    },
    { name: "nginx, two hops of mutual TLS", value: of((r) => r.nginx.perSecond), unit: "/s" },
    { name: "messages in one commit", value: sum((k) => k.messages) / sum((k) => k.batches), unit: "", about: "mean" },
    {
      name: "evidence of one exchange, both sites",
      value: (sum((k) => k.bytes) * 4) / sum((k) => k.messages),
      unit: "B",
      atMost: 2_500,
    },
    { name: "one exchange at 64 connections, p50", value: of((r) => r.evidenced.p50), unit: "ms" },
    {
      name: "added to the direct call, p50",
      value: median(alone.map((a) => a.added)),
      unit: "ms",
      atMost: 2,
      about: "one connection",
    },
    { name: "one exchange alone, p99", value: median(alone.map((a) => a.p99)), unit: "ms", atMost: 12 },
  ]
}

interface Load {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor of both sites for each exchange. */
  readonly cpu: number
}

/** Loads a road from a process of its own and reads what it tells. Throws where an answer is not 200. */
async function load(
  bench: Bench,
  name: keyof Bench & ("evidenced" | "bare" | "nginx" | "direct"),
  connections: number,
  seconds: number,
): Promise<Load> {
  const { url, headers } = bench[name]
  const before = await cpuOf(bench.sites)
  const args = ["-t", "1", "-c", String(connections), "-d", `${seconds}s`, "--latency", ...headers.flatMap((h) => ["-H", h]), url]
  const { stdout } = await run_("wrk", args)
  const cpu = (await cpuOf(bench.sites)) - before
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${name}:\n${stdout}`)
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1])
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
  return { perSecond, p50: latency(stdout, "50%"), p99: latency(stdout, "99%"), cpu: cpu / requests }
}

function latency(told: string, quantile: string): number {
  const [, value, unit] = new RegExp(`${quantile}\\s+([\\d.]+)(us|ms|s)`).exec(told) ?? []
  return Number(value) * { us: 0.001, ms: 1, s: 1_000 }[unit as "us" | "ms" | "s"]!
}

async function keptBy(site: ChildProcess): Promise<Kept> {
  site.send("kept")
  const [kept] = (await once(site, "message")) as [Kept]
  return kept
}

async function cpuOf(sites: readonly ChildProcess[]): Promise<number> {
  const used = await Promise.all(
    sites.map(async (site) => {
      site.send("cpu")
      const [{ user, system }] = (await once(site, "message")) as [NodeJS.CpuUsage]
      return user + system
    }),
  )
  return used.reduce((sum, one) => sum + one, 0)
}

async function startSite(program: string, order: LineSiteOrder): Promise<ChildProcess> {
  const child = fork(program, { execArgv: [...NODE_FLAGS], stdio: ["ignore", "inherit", "inherit", "ipc"] })
  child.send(order)
  const isReady = await Promise.race([once(child, "message").then(() => true), once(child, "exit").then(() => false)])
  if (!isReady) throw new Error(`the site ${order.id} did not start`)
  return child
}

/** nginx as the provider, and as two proxies between which TLS is mutual. */
async function startNginx(
  folder: string,
  { anchor, sites }: Federation,
  at: { provider: number; first: number; second: number },
) {
  const [near, far] = sites
  for (const [name, text] of Object.entries({
    "anchor.pem": anchor,
    "near.pem": near.authCertificate,
    "near.key": near.authKey,
    "far.pem": far.authCertificate,
    "far.key": far.authKey,
  }))
    writeFileSync(join(folder, name), text)
  const body = JSON.stringify({ fill: "x".repeat(BODY_BYTES - 11) })
  const tls = "ssl_protocols TLSv1.3;"
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
  uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e; keepalive_requests 1000000;
  upstream far { server 127.0.0.1:${at.second}; keepalive 128; }
  upstream provider { server 127.0.0.1:${at.provider}; keepalive 128; }
  server { listen 127.0.0.1:${at.provider}; location / { default_type application/json; return 200 '${body}'; } }
  server { listen 127.0.0.1:${at.first}; location / {
    proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass https://far;
    proxy_ssl_certificate ${folder}/near.pem; proxy_ssl_certificate_key ${folder}/near.key; proxy_ssl_protocols TLSv1.3;
    proxy_ssl_trusted_certificate ${folder}/anchor.pem; proxy_ssl_verify on; proxy_ssl_name ${far.id}; } }
  server { listen 127.0.0.1:${at.second} ssl; ${tls} ssl_certificate ${folder}/far.pem; ssl_certificate_key ${folder}/far.key;
    ssl_client_certificate ${folder}/anchor.pem; ssl_verify_client on;
    location / { proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass http://provider; } }
}
`,
  )
  const child = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "inherit" })
  for (let i = 0; i < 100; i++) {
    const isUp = await fetch(`http://127.0.0.1:${at.provider}/`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error("nginx did not start")
}
