// Every kind of field by its name.
import type { ElementType } from "../definition.ts"
import type { Field } from "../form.ts"
import { address } from "./address.ts"
import { choice } from "./choice.ts"
import { computed } from "./computed.ts"
import { date } from "./date.ts"
import { declaration } from "./declaration.ts"
import type { Element } from "./element.ts"
import { file } from "./file.ts"
import { group } from "./group.ts"
import { longText } from "./long-text.ts"
import { money } from "./money.ts"
import { number } from "./number.ts"
import { organisation } from "./organisation.ts"
import { person } from "./person.ts"
import { personalName } from "./personal-name.ts"
import { registerValue } from "./register-value.ts"
import { text } from "./text.ts"
import { time } from "./time.ts"
import { yesNo } from "./yes-no.ts"

const elements: Readonly<Record<ElementType, () => Element>> = {
  text: () => text,
  "long-text": () => longText,
  "personal-name": () => personalName,
  number: () => number,
  money: () => money,
  date: () => date,
  time: () => time,
  choice: () => choice,
  "yes-no": () => yesNo,
  person: () => person,
  organisation: () => organisation,
  address: () => address,
  file: () => file,
  group: () => group,
  "register-value": () => registerValue,
  declaration: () => declaration,
  computed: () => computed,
}

/** The behaviours of a field's kind. */
export const elementOf = (field: Field): Element => elements[field.type]()

/** For fields that are only shown: the behaviours of the kind that their value is of. */
export const valueElementOf = (field: Field): Element => elements[field.as ?? "text"]()
