// Functions on contexts (DMN 1.5, 10.3.4.8).
import { entryOf } from "../evaluate/names.ts"
import type { Run } from "../evaluate/run.ts"
import { type Context, isContext, type List, type Value } from "../values/value.ts"
import { define } from "./define.ts"

function valueAt(context: Context, keys: List): Value {
  let value: Value = context
  for (const key of keys) value = isContext(value) && typeof key === "string" ? (entryOf(value, key) ?? null) : null
  return value
}

const entries = (context: Context): Value =>
  [...context].map(
    ([key, value]) =>
      new Map<string, Value>([
        ["key", key],
        ["value", value],
      ]),
  )

/** A context of entries with `key` and `value`; null for an entry without, or a key twice. */
function contextOf(list: List): Value {
  const made = new Map<string, Value>()
  for (const entry of list) {
    const key = isContext(entry) ? entry.get("key") : null
    if (!isContext(entry) || typeof key !== "string" || !entry.has("value") || made.has(key)) return null
    made.set(key, entry.get("value")!)
  }
  return made
}

/** The context with a value at a path of keys, contexts made on the way. */
function put(context: Context, keys: List, value: Value): Value {
  const [key, ...rest] = keys
  if (typeof key !== "string") return null
  const made = new Map(context)
  if (rest.length === 0) return made.set(key, value)
  const below = made.get(key) ?? new Map<string, Value>()
  const inner = isContext(below) ? put(below, rest, value) : null
  return inner === null ? null : made.set(key, inner)
}

function merged(contexts: List, run: Run): Value {
  const made = new Map<string, Value>()
  for (const context of contexts) {
    if (!isContext(context)) return null
    run.take(context.size)
    for (const [key, value] of context) made.set(key, value)
  }
  return made
}

export const contextFunctions = [
  define(
    "get value",
    ["m: context, key: string", ([m, key]) => valueAt(m, [key])],
    ["m: context, keys: list", ([m, keys]) => (keys.length === 0 ? null : valueAt(m, keys))],
  ),
  define("get entries", ["m: context", ([m], run) => run.roomFor(m.size, () => entries(m))]),
  define("context", ["entries: list", ([list], run) => run.roomFor(list.length, () => contextOf(list))]),
  define(
    "context put",
    [
      "context: context, key: string, value: any",
      ([context, key, value], run) => run.roomFor(context.size, () => put(context, [key], value)),
    ],
    [
      "context: context, keys: list, value: any",
      ([context, keys, value], run) => run.roomFor(context.size, () => put(context, keys, value)),
    ],
  ),
  define("context merge", ["contexts: list", ([contexts], run) => merged(contexts, run)]),
]
