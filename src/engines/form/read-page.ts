// Reading one page: from what was typed to answers and mistakes. Nothing typed is lost, nothing thrown.
import { errorOf, firedChecks, missingParams } from "./check-all.ts"
import { type Command, carryOut, commandIn } from "./commands.ts"
import { isRequired } from "./elements/element.ts"
import { elementOf } from "./elements/registry.ts"
import { type FeelContext, putAnswer } from "./feel-context.ts"
import type { Field, Form, Page } from "./form.ts"
import { boxesOf } from "./raw-of.ts"
import { answerOf, isAsked, isOnWay, wayThrough } from "./reach.ts"
import type { FieldError, FormContext, FormValue, FormValues, RawInput, RawTexts, RawValue } from "./values.ts"

/** What a page said. */
export interface PageReading {
  /** The answers with this page's right ones; wrong ones leave the answer before them. */
  readonly values: FormValues
  readonly errors: readonly FieldError[]
  /** What to put back into the inputs. */
  readonly raw: RawTexts
  /** Draw the page anew, without a complaint: a button inside it was used, or an answer led to more questions on it. */
  readonly again: boolean
}

interface Turn {
  readonly form: Form
  readonly page: Page
  readonly raw: RawInput
  readonly context: FormContext
  /** Fields drawn on the page that was sent; unknown when the sender doesn't tell. */
  readonly drawn: ReadonlySet<string> | undefined
  values: Record<string, FormValue>
  readonly errors: FieldError[]
  readonly reached: Field[]
  more: boolean
}

/** Reads what came from a page's inputs, by input name (`_asked` and `_do` among them). Never throws for what was typed. */
export function readPage(form: Form, page: Page, raw: RawInput, values: FormValues, context: FormContext): PageReading {
  const command = commandIn(raw)
  const turn: Turn = {
    form,
    page,
    raw,
    context,
    drawn: drawnIn(raw),
    values: { ...values },
    errors: [],
    reached: [],
    more: false,
  }
  const { feel } = wayThrough(form, values, context, page)
  for (const field of page.fields) readField(field, turn, feel)
  if (command) return afterCommand(command, turn, feel)
  const errors = [
    ...turn.errors,
    ...firedChecks(page, turn.reached, turn.values, feel, new Set(turn.errors.map((error) => error.field))),
  ]
  return { values: turn.values, errors, raw: textsBack(turn, feel), again: errors.length === 0 && turn.more }
}

/** The ids of the fields that the sender had before them. */
function drawnIn(raw: RawInput): ReadonlySet<string> | undefined {
  const listed = own(raw, "_asked")
  return typeof listed === "string" ? new Set(listed.split(" ")) : undefined
}

function readField(field: Field, turn: Turn, feel: FeelContext): void {
  const onWay = isOnWay(field, feel)
  const wasDrawn = turn.drawn?.has(field.id) ?? onWay
  if (isAsked(field, turn.values) && wasDrawn) readAnswer(field, turn, onWay)
  if (onWay) {
    turn.reached.push(field)
    if (!wasDrawn && isAsked(field, turn.values) && turn.values[field.id] === undefined) turn.more = true
    if (turn.form.named.has(field.id)) putAnswer(feel, field, answerOf(field, turn.values, feel))
  }
}

/** Reads one field's boxes. What is no longer reached is kept, its mistakes aren't told. */
function readAnswer(field: Field, turn: Turn, onWay: boolean): void {
  const element = elementOf(field)
  const before = Object.hasOwn(turn.values, field.id) ? turn.values[field.id] : undefined
  const raw = (suffix: string): RawValue => own(turn.raw, field.id + suffix)
  const read = element.read({ raw, context: turn.context, ...(before && { current: before.value }) }, field)
  if (read.value !== undefined) turn.values[field.id] = answerWith(read.value, before)
  else if (read.mistakes) {
    if (onWay) turn.errors.push(...read.mistakes.map((mistake) => errorOf(field, mistake)))
  } else {
    if (before?.state !== "disputed") delete turn.values[field.id]
    if (onWay && (before?.state === "disputed" || isRequired(field)))
      turn.errors.push({ field: field.id, code: element.missing, params: missingParams(field) })
  }
}

/** Typed answers are declared; a corrected register's value stays disputed, unless it is the register's own again. */
function answerWith(value: FormValue["value"], before: FormValue | undefined): FormValue {
  if (before?.state === "disputed") {
    const { source, registered } = before
    return isSame(value, registered) ? { value, state: "verified", ...(source && { source }) } : { ...before, value }
  }
  if (before?.source && isSame(value, before.value)) return before
  return { value, state: "declared" }
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

function afterCommand(command: Command, turn: Turn, feel: FeelContext): PageReading {
  const { values, raw } = carryOut(command, turn.form, turn.values, textsBack(turn, feel))
  const target = turn.page.fields.find((field) => field.id === command.target)
  // A command that changes nothing leaves what was typed as it was typed.
  const isNew = target !== undefined && ["dispute", "restore"].includes(command.verb) && values !== turn.values
  return {
    values,
    errors: [],
    raw: isNew && isAsked(target, values) ? { ...raw, ...boxesOf(target, values, feel, turn.context) } : raw,
    again: true,
  }
}

/** What the inputs show when the page is drawn again: what was typed, and for fields that were not drawn their answers. */
function textsBack(turn: Turn, feel: FeelContext): RawTexts {
  const texts: Record<string, string | readonly string[]> = {}
  for (const field of turn.reached)
    if (isAsked(field, turn.values) && !(turn.drawn?.has(field.id) ?? wasSent(field, turn.raw)))
      Object.assign(texts, boxesOf(field, turn.values, feel, turn.context))
  const ids = new Set(turn.page.fields.map((field) => field.id))
  for (const name of Object.keys(turn.raw)) {
    const typed = turn.raw[name]
    if (typed === undefined || !isOfPage(name, ids)) continue
    if (typeof typed === "string") texts[name] = typed
    else if (Array.isArray(typed)) texts[name] = typed.filter((one) => typeof one === "string")
  }
  return texts
}

/** Is it an input of one of these fields? Nothing else is carried back. */
function isOfPage(name: string, ids: ReadonlySet<string>): boolean {
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) if (ids.has(name.slice(0, end))) return true
  return false
}

/** Where the sender doesn't tell what was drawn: did any of the field's inputs come? */
const wasSent = (field: Field, raw: RawInput): boolean =>
  elementOf(field).boxes.some((box) => own(raw, field.id + box) !== undefined)

const own = (raw: RawInput, name: string): RawValue => (Object.hasOwn(raw, name) ? raw[name] : undefined)
