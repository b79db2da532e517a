// A program that speaks HTTP to the site as somebody of the cast: no browser in between to be polite.
import { type Agent, request as send } from "node:http"
import type { Country } from "#country"
import { fullName } from "#country"
import { signIn } from "#identity"
import type { Stage } from "./stage.ts"

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Keeps its lines open, as browsers do; without one each request has a line of its own. */
  readonly agent?: Agent
}

/** What would tell an attacker of the inside: stack frames, file names, statements. */
const INSIDE = /\n\s+at .+:\d+:\d+|node_modules|\/src\/|\.tsx?:\d+|\bselect .+ from |\binsert into |pg_|motlan_app/i
const WAIT_MAX_MS = 20_000

export class Caller {
  private constructor(
    readonly stage: Stage,
    readonly cookies: Map<string, string>,
  ) {}

  /** Nobody in particular. */
  static anyone(stage: Stage): Caller {
    return new Caller(stage, new Map())
  }

  /** Somebody of the cast with a session of their own. */
  static async as(stage: Stage, id: string, asOfficial = false): Promise<Caller> {
    const country = stage.world.site.reference as Country
    const person = country.cast.people.find((p) => p.id === id)!
    const { token } = await stage.db.tx({ kind: "system", name: "journeys" }, (tx) =>
      signIn(tx, {
        issuer: `${stage.origin}/demo-idp`,
        sub: id,
        personNumber: person.number,
        name: fullName(country, person.name),
        authTime: tx.now,
        acr: "high",
        asOfficial,
      }),
    )
    return new Caller(stage, new Map([["session", token]]))
  }

  /** Asks and reads the answer whole, which must not show the inside. Redirects are not followed. */
  ask(path: string, { method = "GET", headers = {}, body, agent }: Asked = {}): Promise<Answer> {
    const { hostname, port } = new URL(this.stage.origin)
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    return new Promise((resolve, reject) => {
      const asked = send({
        agent: agent ?? false,
        hostname,
        port,
        path,
        method,
        headers: { accept: "text/html", cookie, ...headers },
      })
      asked.setTimeout(WAIT_MAX_MS, () => asked.destroy(new Error(`no answer to ${method} ${path}`)))
      let isAnswered = false
      // A server that refuses a body may close before it was sent whole; the answer counts.
      asked.on("error", (error) => !isAnswered && reject(error))
      asked.on("response", (answer) => {
        isAnswered = true
        const parts: Buffer[] = []
        const done = () =>
          resolve(this.kept({ status: answer.statusCode!, headers: answer.headers, body: String(Buffer.concat(parts)) }))
        answer.on("data", (part: Buffer) => parts.push(part))
        answer.on("end", done)
        answer.on("error", done)
      })
      asked.end(body)
    })
  }

  /** Posts fields as a form of this site does; with a token from `page` unless one is given. */
  async post(path: string, fields: Readonly<Record<string, string>>, page = path): Promise<Answer> {
    const csrf = fields.csrf ?? (await this.token(page))
    return this.ask(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: this.stage.origin },
      body: new URLSearchParams({ csrf, ...fields }).toString(),
    })
  }

  /** A fresh CSRF token from a page with a form. */
  async token(page: string): Promise<string> {
    const { body, status } = await this.ask(page)
    const token = /name="csrf" value="([^"]+)"/.exec(body)?.[1]
    if (!token) throw new Error(`no form on ${page} (${status})`)
    return token
  }

  private kept(answer: Answer): Answer {
    // Tokens are random letters, in which anything can stand.
    const inside = INSIDE.exec(answer.body.replace(/name="csrf" value="[^"]*"/g, ""))
    if (inside) throw new Error(`the inside shows: ${inside[0]}`)
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
      const [pair = ""] = line.split(";")
      const at = pair.indexOf("=")
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }
}
