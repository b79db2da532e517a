// A person by personal number.
import { numbered } from "./numbered.ts"

export const person = numbered("person", "personal-number", "person-number")
