// One token: its sessions are opened once and used again, and a PIN that was refused is not tried a second time.
import { createHash, createPublicKey, type KeyObject, randomBytes } from "node:crypto"
import {
  type Attribute,
  bool,
  CKA,
  CKK_EC,
  CKO,
  type Cryptoki,
  type Handle,
  loadCryptoki,
  PIN_FINAL_TRY,
  PIN_LOCKED,
  ulong,
} from "./cryptoki.ts"
import { TokenFault } from "./token-fault.ts"

export interface TokenPlace {
  /** The library of the module. */
  readonly module: string
  /** The token's label. */
  readonly token: string
  /** Reads the PIN; called when a session is opened, never kept. Throws when there is none. */
  readonly pin: () => string
}

/** Each deed rejects with a TokenFault. */
export interface Token {
  /** The public half of the P-256 pair with this label; undefined when the token has none. */
  findKey(label: string): Promise<KeyObject | undefined>
  /** As `findKey`, and makes the pair when there is none. The private half can't be read out. */
  keyOf(label: string): Promise<KeyObject>
  /** ECDSA with SHA-256 by the key with this label: r and s, 64 bytes. */
  sign(label: string, data: Buffer): Promise<Buffer>
}

/** Signatures under way at one token: a call holds one of the few threads that files and names are read on, too. */
const SESSIONS_MAX = 2
/** A token that says nothing for so long is taken for gone. */
const ANSWER_WAIT_MAX_MS = 10_000
/** Whoever waits for a token that was away is told so at once; after this time it is looked for again. */
const AWAY_MS = 1_000

const tokens = new Map<string, SharedToken>()

/** The token at a place; the same for all who ask. Nothing is opened before it is used. */
export function openToken(place: TokenPlace): Token {
  const name = `${place.module} ${place.token}`
  const token = tokens.get(name) ?? new SharedToken()
  tokens.set(name, token)
  return {
    findKey: (label) => token.run(place, (session) => session.publicKey(label)),
    keyOf: (label) =>
      token.run(place, async (session) => {
        const found = await session.publicKey(label)
        if (found) return found
        await session.makePair(label)
        return (await session.publicKey(label))!
      }),
    sign: (label, data) => token.run(place, (session) => session.sign(label, createHash("sha256").update(data).digest())),
  }
}

/** What is open at a token until something fails. */
class Opened {
  /** Of private keys, by their labels. */
  readonly keys = new Map<string, Handle>()
  private readonly idle: Handle[] = []

  constructor(
    readonly cryptoki: Cryptoki,
    private readonly slot: Handle,
    first: Handle,
  ) {
    this.idle.push(first)
  }

  /** A session that fails is closed, with all that is idle: what was signed in is signed out. */
  async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const handle = this.idle.pop() ?? (await this.cryptoki.openSession(this.slot))
    try {
      const result = await work(new Session(this, handle))
      this.idle.push(handle)
      return result
    } catch (fault) {
      for (const one of [handle, ...this.idle.splice(0)]) await this.cryptoki.closeSession(one).catch(() => undefined)
      throw fault
    }
  }
}

class SharedToken {
  private opened: Promise<Opened> | undefined
  private underWay = 0
  private readonly waiting: (() => void)[] = []
  /** SHA-256 of the PIN that was refused: tokens count, and lock. */
  private refusedPin: string | undefined
  private away: { readonly fault: TokenFault; readonly until: number } | undefined

  /** Runs on a session of its own; what fails because the token was away meanwhile is tried once more. */
  async run<T>(place: TokenPlace, work: (session: Session) => Promise<T>): Promise<T> {
    if (this.underWay >= SESSIONS_MAX) await new Promise<void>((resolve) => this.waiting.push(resolve))
    else this.underWay++
    try {
      return await inTime(this.attempt(place, work, true))
    } catch (fault) {
      // Whatever hangs keeps its session; the next one begins anew.
      if (fault instanceof TokenFault && fault.reason === "silent") this.opened = undefined
      throw fault
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.underWay--
    }
  }

  private async attempt<T>(place: TokenPlace, work: (session: Session) => Promise<T>, isFirst: boolean): Promise<T> {
    const known = this.opened
    const opening = this.open(place)
    try {
      return await (await opening).use(work)
    } catch (fault) {
      if (this.opened === opening) this.opened = undefined
      if (!known || !isFirst) throw fault
      return this.attempt(place, work, false)
    }
  }

  private open(place: TokenPlace): Promise<Opened> {
    if (this.away && performance.now() < this.away.until) return Promise.reject(this.away.fault)
    this.opened ??= this.signIn(place).catch((fault: unknown) => {
      if (fault instanceof TokenFault) this.away = { fault, until: performance.now() + AWAY_MS }
      throw fault
    })
    return this.opened
  }

  private async signIn({ module, token, pin }: TokenPlace): Promise<Opened> {
    const cryptoki = await loadCryptoki(module)
    const slot = (await cryptoki.slots()).find(({ label }) => label === token)
    if (!slot) throw new TokenFault("absent", `${module} has no token "${token}"`)
    const secret = Buffer.from(pin())
    const print = createHash("sha256").update(secret).digest("base64")
    if (print === this.refusedPin) throw new TokenFault("pin-refused", "this PIN was refused before; it is not tried again")
    if ((slot.flags & (PIN_FINAL_TRY | PIN_LOCKED)) !== 0)
      throw new TokenFault("pin-refused", "the token is locked, or one try before it: sign in by its own tools first")
    const handle = await cryptoki.openSession(slot.id)
    try {
      await cryptoki.login(handle, secret)
    } catch (fault) {
      if (fault instanceof TokenFault && fault.reason === "pin-refused") this.refusedPin = print
      await cryptoki.closeSession(handle).catch(() => undefined)
      throw fault
    } finally {
      secret.fill(0)
    }
    return new Opened(cryptoki, slot.id, handle)
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenFault("silent", "the token has not answered in time")), ANSWER_WAIT_MAX_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** The named curve P-256 (1.2.840.10045.3.1.7) as DER, and the head of a SubjectPublicKeyInfo on it (RFC 5480). */
const P256 = Buffer.from("06082a8648ce3d030107", "hex")
const SPKI_HEAD = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex")
/** An uncompressed point, and the head of the OCTET STRING around it. */
const POINT_BYTES = 65
const POINT_HEAD = Buffer.from([0x04, POINT_BYTES])

class Session {
  constructor(
    private readonly opened: Opened,
    private readonly handle: Handle,
  ) {}

  async publicKey(label: string): Promise<KeyObject | undefined> {
    const { cryptoki } = this.opened
    const found = await cryptoki.findObject(this.handle, named(CKO.PUBLIC_KEY, label))
    if (found === undefined) return undefined
    const value = await cryptoki.attribute(this.handle, found, CKA.EC_POINT, POINT_HEAD.length + POINT_BYTES)
    // Some modules leave the OCTET STRING out.
    const isWrapped = value.subarray(0, POINT_HEAD.length).equals(POINT_HEAD)
    const point = value.subarray(isWrapped ? POINT_HEAD.length : 0).subarray(0, POINT_BYTES)
    try {
      return createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: "der", type: "spki" })
    } catch (fault) {
      throw new TokenFault("failed", `the key "${label}" of the token is not on the curve P-256`, { cause: fault })
    }
  }

  async makePair(label: string): Promise<void> {
    const common = [
      { type: CKA.TOKEN, value: bool(true) },
      { type: CKA.LABEL, value: Buffer.from(label) },
      { type: CKA.ID, value: randomBytes(16) },
    ]
    const forPublic = [...common, { type: CKA.EC_PARAMS, value: P256 }, { type: CKA.VERIFY, value: bool(true) }]
    const forPrivate = [
      ...common,
      { type: CKA.PRIVATE, value: bool(true) },
      { type: CKA.SENSITIVE, value: bool(true) },
      { type: CKA.EXTRACTABLE, value: bool(false) },
      { type: CKA.SIGN, value: bool(true) },
    ]
    await this.opened.cryptoki.makePair(this.handle, forPublic, forPrivate)
  }

  async sign(label: string, digest: Buffer): Promise<Buffer> {
    const { cryptoki, keys } = this.opened
    const key = keys.get(label) ?? (await cryptoki.findObject(this.handle, named(CKO.PRIVATE_KEY, label)))
    if (key === undefined) throw new TokenFault("key-missing", `the token has no key "${label}"`)
    keys.set(label, key)
    return cryptoki.sign(this.handle, key, digest)
  }
}

const named = (kind: bigint, label: string): Attribute[] => [
  { type: CKA.CLASS, value: ulong(kind) },
  { type: CKA.KEY_TYPE, value: ulong(CKK_EC) },
  { type: CKA.LABEL, value: Buffer.from(label) },
]
