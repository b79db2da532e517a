/** The country pack: its schemas, its loading and its check; the only place where a country's facts come from. */

export { actStory, type Unmet } from "./act-story.ts"
export { AgenciesFile, Agency, AgencyPosition, Role, Unit } from "./agencies.ts"
export { CalendarData, CalendarDecree, calendarOn, calendarVersions, Week } from "./calendar.ts"
export { checkCountry } from "./check.ts"
export { type CheckedDefinition, checkDefinition, checkService } from "./check-definition.ts"
export { agencyFor, type Country, countryOf, findPosition, findRecord, type Service } from "./country.ts"
export type { Divisions, Successor } from "./division-tree.ts"
export { type Division, DivisionsFile, SuccessionFile } from "./divisions.ts"
export { dmnOfRules } from "./draw-rules.ts"
export { drawnTable } from "./drawn-process.ts"
export { CountryFacts, Generation, PersonalNumberRules } from "./facts.ts"
export { FileFaults, type FileFinding } from "./file-faults.ts"
export { type Finding, faultsAmong } from "./finding.ts"
export { CountryFaults, loadCountry } from "./load.ts"
export { foldName, fullName, type NameParts } from "./names.ts"
export { drawings, fileNameOf, type ServiceTexts, serviceFiles } from "./pack.ts"
export { packSchemas } from "./pack-schemas.ts"
export { Account, Address, Holding, PeopleFile, Person, SeedRecord } from "./people.ts"
export { AccessRight, DELAY_DAYS_MAX, Grantee, RegisterDefinition, RegisterField, RegisterRecord } from "./registers.ts"
export { DecisionTable, modelOfRules, Rule, RulesDefinition } from "./rules.ts"
export { schemaFindings } from "./schema-findings.ts"
export { type SeedRow, seedRows } from "./seeds.ts"
export {
  Authority,
  Fee,
  IndexFile,
  type IndexRow,
  Limit,
  Paper,
  RegisterWrite,
  Replacement,
  ResultDefinition,
  ServiceDefinition,
  ServiceResult,
  ServiceStory,
} from "./service.ts"
export { isDrawing, readSource, readText, type SourceFile } from "./source.ts"
export { Law, Text, textIn, Validity } from "./text.ts"
export { CodeItem, DataElement, ElementType, Vocabulary } from "./vocabulary.ts"
