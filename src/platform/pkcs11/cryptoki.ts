// The dozen functions of PKCS#11 (OASIS, version 2.40) that signing needs, called outside of the event loop.
import type { TypeObject } from "koffi"
import { CKR, faultOf, TokenFault } from "./token-fault.ts"

/** Types of attributes (CKA_*). */
export const CKA = {
  CLASS: 0x00,
  TOKEN: 0x01,
  PRIVATE: 0x02,
  LABEL: 0x03,
  KEY_TYPE: 0x100,
  ID: 0x102,
  SENSITIVE: 0x103,
  SIGN: 0x108,
  VERIFY: 0x10a,
  EXTRACTABLE: 0x162,
  EC_PARAMS: 0x180,
  EC_POINT: 0x181,
} as const

export const CKO = { PUBLIC_KEY: 2n, PRIVATE_KEY: 3n } as const
export const CKK_EC = 3n
const CKM = { EC_KEY_PAIR_GEN: 0x1040, ECDSA: 0x1041 } as const
const CKU_USER = 1
/** CKF_SERIAL_SESSION, and CKF_RW_SESSION: keys are made. */
const SESSION_FLAGS = 0x06
const OS_LOCKING = { flags: 2 }
const INFO_BYTES = 256
/** Of CK_TOKEN_INFO: a label of 32 bytes, three more texts, then the flags. */
const LABEL_BYTES = 32
const FLAGS_AT = 96
const SLOTS_MAX = 256
const ULONG_BYTES = 8

export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

/** Handles of slots, sessions and objects. */
export type Handle = bigint

export interface Slot {
  readonly id: Handle
  readonly label: string
  readonly flags: number
}

/** CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED. */
export const PIN_FINAL_TRY = 0x20000
export const PIN_LOCKED = 0x40000

/** A number as CK_ULONG, of machines with 64 bits. */
export function ulong(value: bigint): Buffer {
  const bytes = Buffer.alloc(ULONG_BYTES)
  bytes.writeBigUInt64LE(value)
  return bytes
}

export const bool = (value: boolean): Buffer => Buffer.from([value ? 1 : 0])

/** CK_ULONG, a pointer to bytes, and those to the structures of the standard. */
const U = "ulong"
const P = "void *"
const TEMPLATE = "CK_ATTRIBUTE *"
const MECHANISM = "CK_MECHANISM *"
const INIT = "CK_C_INITIALIZE_ARGS *"

type Native = (name: string, types: readonly string[]) => (...args: readonly unknown[]) => Promise<number>

/** Each rejects with a TokenFault for anything but CKR_OK. */
export interface Cryptoki {
  /** Slots with a token. */
  slots(): Promise<readonly Slot[]>
  openSession(slot: Handle): Promise<Handle>
  closeSession(session: Handle): Promise<void>
  /** Somebody of this process may be signed in already: then it is done. */
  login(session: Handle, pin: Buffer): Promise<void>
  findObject(session: Handle, template: readonly Attribute[]): Promise<Handle | undefined>
  /** Makes an EC pair. */
  makePair(session: Handle, forPublic: readonly Attribute[], forPrivate: readonly Attribute[]): Promise<void>
  /** An attribute of at most `bytesMax`; the rest of the buffer is zero. */
  attribute(session: Handle, object: Handle, type: number, bytesMax: number): Promise<Buffer>
  /** ECDSA over a digest of 32 bytes: r and s, 64 bytes. */
  sign(session: Handle, key: Handle, digest: Buffer): Promise<Buffer>
}

const loaded = new Map<string, Promise<Cryptoki>>()

/** The module at `path`, loaded and initialised once in a process. Throws a TokenFault. */
export function loadCryptoki(path: string): Promise<Cryptoki> {
  const known = loaded.get(path) ?? load(path)
  loaded.set(path, known)
  known.catch(() => loaded.delete(path))
  return known
}

async function load(path: string): Promise<Cryptoki> {
  const native = await nativeOf(path)
  const initialize = native("C_Initialize", [INIT])
  const code = await initialize(OS_LOCKING)
  if (code !== CKR.OK && code !== CKR.CRYPTOKI_ALREADY_INITIALIZED) throw faultOf("C_Initialize", code)
  return bind(native)
}

/** The package that calls C is loaded only where a token is used: it may be missing for a machine of another kind. */
async function nativeOf(path: string): Promise<Native> {
  try {
    const { default: koffi } = await import("koffi")
    const library = koffi.load(path)
    const pointers: Readonly<Record<string, TypeObject>> = {
      [TEMPLATE]: koffi.pointer(koffi.struct({ type: U, value: P, length: U })),
      [MECHANISM]: koffi.pointer(koffi.struct({ mechanism: U, parameter: P, length: U })),
      [INIT]: koffi.pointer(koffi.struct({ create: P, destroy: P, lock: P, unlock: P, flags: U, reserved: P })),
    }
    if (koffi.sizeof(U) !== ULONG_BYTES) throw new Error("PKCS#11 needs a machine whose unsigned long has 64 bits")
    return (name, types) => {
      const call = library.func(
        name,
        U,
        types.map((type) => pointers[type] ?? type),
      )
      return (...args) =>
        new Promise((resolve, reject) => {
          call.async(...args, (fault: Error | null, code: number | bigint) => (fault ? reject(fault) : resolve(Number(code))))
        })
    }
  } catch (fault) {
    throw new TokenFault("module", `the PKCS#11 module ${path} can't be loaded: ${(fault as Error).message}`, { cause: fault })
  }
}

const asTemplate = (attributes: readonly Attribute[]) =>
  attributes.map(({ type, value }) => ({ type, value, length: value.length }))

function bind(native: Native): Cryptoki {
  const checked = (name: string, types: readonly string[]) => {
    const call = native(name, types)
    return async (...args: readonly unknown[]): Promise<void> => {
      const code = await call(...args)
      if (code !== CKR.OK) throw faultOf(name, code)
    }
  }
  const getSlotList = checked("C_GetSlotList", ["uint8_t", P, P])
  const getTokenInfo = checked("C_GetTokenInfo", [U, P])
  const openSession = checked("C_OpenSession", [U, U, P, P, P])
  const closeSession = checked("C_CloseSession", [U])
  const login = native("C_Login", [U, U, P, U])
  return {
    ...bindKeys(checked),
    slots: async () => {
      const count = ulong(BigInt(SLOTS_MAX))
      const ids = Buffer.alloc(SLOTS_MAX * ULONG_BYTES)
      // Asked without a list, some modules look for tokens that have come since.
      await getSlotList(1, null, ulong(0n))
      await getSlotList(1, ids, count)
      const slots: Slot[] = []
      for (let i = 0; i < Number(count.readBigUInt64LE()); i++) {
        const id = ids.readBigUInt64LE(i * ULONG_BYTES)
        const info = Buffer.alloc(INFO_BYTES)
        await getTokenInfo(id, info)
        const label = info.toString("utf8", 0, LABEL_BYTES).trimEnd()
        slots.push({ id, label, flags: Number(info.readBigUInt64LE(FLAGS_AT)) })
      }
      return slots
    },
    openSession: async (slot) => {
      const session = ulong(0n)
      await openSession(slot, SESSION_FLAGS, null, null, session)
      return session.readBigUInt64LE()
    },
    closeSession: (session) => closeSession(session),
    login: async (session, pin) => {
      const code = await login(session, CKU_USER, pin, pin.length)
      if (code !== CKR.OK && code !== CKR.USER_ALREADY_LOGGED_IN) throw faultOf("C_Login", code)
    },
  }
}

type Checked = (name: string, types: readonly string[]) => (...args: readonly unknown[]) => Promise<void>

function bindKeys(checked: Checked): Pick<Cryptoki, "findObject" | "makePair" | "attribute" | "sign"> {
  const findInit = checked("C_FindObjectsInit", [U, TEMPLATE, U])
  const find = checked("C_FindObjects", [U, P, U, P])
  const findFinal = checked("C_FindObjectsFinal", [U])
  const generate = checked("C_GenerateKeyPair", [U, MECHANISM, TEMPLATE, U, TEMPLATE, U, P, P])
  const getAttributes = checked("C_GetAttributeValue", [U, U, TEMPLATE, U])
  const signInit = checked("C_SignInit", [U, MECHANISM, U])
  const sign = checked("C_Sign", [U, P, U, P, P])
  const mechanism = (number: number) => ({ mechanism: number, parameter: null, length: 0 })
  return {
    findObject: async (session, template) => {
      await findInit(session, asTemplate(template), template.length)
      const [found, count] = [ulong(0n), ulong(0n)]
      try {
        await find(session, found, 1, count)
      } finally {
        await findFinal(session)
      }
      return count.readBigUInt64LE() === 0n ? undefined : found.readBigUInt64LE()
    },
    makePair: async (session, forPublic, forPrivate) => {
      const [first, second] = [asTemplate(forPublic), asTemplate(forPrivate)]
      const way = mechanism(CKM.EC_KEY_PAIR_GEN)
      await generate(session, way, first, first.length, second, second.length, ulong(0n), ulong(0n))
    },
    attribute: async (session, object, type, bytesMax) => {
      const value = Buffer.alloc(bytesMax)
      await getAttributes(session, object, asTemplate([{ type, value }]), 1)
      return value
    },
    sign: async (session, key, digest) => {
      const [signature, length] = [Buffer.alloc(64), ulong(64n)]
      await signInit(session, mechanism(CKM.ECDSA), key)
      await sign(session, digest, digest.length, signature, length)
      return signature
    },
  }
}
