// An organisation or a household business by its tax or registration number.
import { numbered } from "./numbered.ts"

export const organisation = numbered("organisation", "organisation-number", "organisation-number")
