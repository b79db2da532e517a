// One field that is asked: its inputs by its kind.
import type { Field } from "#engines/form"
import { AddressBoxes } from "./address-boxes.tsx"
import { Choices, Declaration, YesNo } from "./choices.tsx"
import { DateBoxes } from "./date-boxes.tsx"
import type { Drawing, Mistake } from "./drawing.ts"
import { Entries } from "./entries.tsx"
import { FileBox } from "./file-box.tsx"
import { NumberedBoxes } from "./numbered-boxes.tsx"
import { LongTextBox, TextBox } from "./text-box.tsx"

export interface FieldProps {
  readonly drawing: Drawing
  readonly field: Field
  /** Name of the input and its id; of several inputs, the beginning of them. */
  readonly id: string
  readonly mistake: Mistake | undefined
}

export function FieldInputs(props: FieldProps) {
  switch (props.field.type) {
    case "long-text":
      return <LongTextBox {...props} />
    case "date":
      return <DateBoxes {...props} />
    case "choice":
      return <Choices {...props} />
    case "yes-no":
      return <YesNo {...props} />
    case "person":
    case "organisation":
      return <NumberedBoxes {...props} />
    case "address":
      return <AddressBoxes {...props} />
    case "file":
      return <FileBox {...props} />
    case "group":
      return <Entries {...props} />
    case "declaration":
      return <Declaration {...props} />
    case "register-value":
    case "computed":
      return null
    default:
      return <TextBox {...props} />
  }
}
