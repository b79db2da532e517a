/** Forms: one definition compiled to pages that ask only what no register holds, a wire schema, and a printable declaration. */
export { checkAll } from "./check-all.ts"
export { compileForm } from "./compile.ts"
export {
  AboutDefinition,
  CheckDefinition,
  DataElement,
  ElementType,
  FetchDefinition,
  FieldDefinition,
  FormDefinition,
  Option,
  PageDefinition,
  Subjects,
  Text,
  type Vocabulary,
} from "./definition.ts"
export { disputeValue, restoreValue } from "./dispute.ts"
export { type DefinitionFault, FormDefinitionError } from "./faults.ts"
export { answersInFeel } from "./feel-context.ts"
export { declaredTypes, resultTypeOf } from "./feel-types.ts"
export { applyFetched, keyOf } from "./fetched.ts"
export { type FieldErrorCode, fieldErrorCodes } from "./field-errors.ts"
export type { Binding, Check, Fetch, Field, Form, Page } from "./form.ts"
export { FILE_BYTES_MAX } from "./limits.ts"
export { type PrintedPage, type PrintedRow, printable, printedValue } from "./printable.ts"
export { rawOf } from "./raw-of.ts"
export { askedFields, reachedFields, shownFields, visiblePages } from "./reach.ts"
export { type PageReading, readPage } from "./read-page.ts"
export { submission } from "./submission.ts"
export type {
  Divisions,
  FieldError,
  FormContext,
  FormValue,
  FormValues,
  Json,
  Place,
  RawInput,
  RawTexts,
  RawValue,
  Source,
  UploadedFile,
} from "./values.ts"
export { wireSchema } from "./wire-schema.ts"
export { textOf } from "./words-of.ts"
