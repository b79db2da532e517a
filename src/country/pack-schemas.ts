// The kinds of files of a pack with their schemas: for the reader, and for editors that complete them (JSON Schema 2020-12).
import Type, { type TSchema } from "typebox"
import { FormDefinition } from "#engines/form"
import { ProcessDefinition } from "#engines/process"
import { AgenciesFile } from "./agencies.ts"
import { CalendarData } from "./calendar.ts"
import { DivisionsFile, SuccessionFile } from "./divisions.ts"
import { CountryFacts } from "./facts.ts"
import { PeopleFile } from "./people.ts"
import { RegisterDefinition } from "./registers.ts"
import { RulesDefinition } from "./rules.ts"
import { IndexFile, ResultDefinition, ServiceDefinition, ServiceStory } from "./service.ts"
import { Text } from "./text.ts"
import { Vocabulary } from "./vocabulary.ts"

/** tests.yaml */
export const Stories = Type.Array(ServiceStory, { maxItems: 200 })

/** words.yaml */
export const Words = Type.Record(Type.String({ pattern: "^[a-z][a-z0-9-]*$" }), Text, { additionalProperties: false })

/** The schema of each kind of file, by the name that its schema is published under. */
export const packSchemas: Readonly<Record<string, TSchema>> = {
  country: CountryFacts,
  calendar: CalendarData,
  vocabulary: Vocabulary,
  agencies: AgenciesFile,
  people: PeopleFile,
  divisions: DivisionsFile,
  succession: SuccessionFile,
  register: RegisterDefinition,
  service: ServiceDefinition,
  form: FormDefinition,
  process: ProcessDefinition,
  rules: RulesDefinition,
  result: ResultDefinition,
  tests: Stories,
  words: Words,
  index: IndexFile,
}
