/** The catalogue: procedures as published, dated, unchanging definitions; finding them; what their pages say. */
export { calendarOf } from "./calendars.ts"
export { type CompiledService, compiled } from "./compiled.ts"
export { type Change, differencesOf, type Part, parts } from "./difference.ts"
export { changeWords, partWords } from "./difference-words.ts"
export { type Draft, keepsCatalogue } from "./draft.ts"
export { type DefinitionFile, type ExportedDefinition, exportDefinition } from "./export-definition.ts"
export {
  type DefinitionFilter,
  type DefinitionState,
  definitionStates,
  type FoundDefinitions,
  findDefinitions,
} from "./find-definitions.ts"
export { type DefinitionRow, getHistory, type VersionEntry, type VersionState } from "./list-definitions.ts"
export {
  type ListedService,
  listServices,
  pageOfServices,
  type ServiceFilter,
  type ServicesPage,
} from "./list-services.ts"
export type { Listing } from "./listing.ts"
export type { Cost, Named, PagePaper, ServicePage, Time } from "./page.ts"
export { type Preview, previewDraft } from "./preview.ts"
export { type PublicationReport, publishCountry } from "./publish-country.ts"
export { type Proposal, proposeDraft, proposeRetirement, publishDraft, returnDraft } from "./publish-draft.ts"
export { type Definition, type PublishedService, type Startable, startableService } from "./published.ts"
export type { Matched } from "./search-index.ts"
export { type FoundService, searchServices } from "./search-services.ts"
export { servicePage } from "./service-page.ts"
export { findService, getService, getVersion, listVersions, mayBeFiled } from "./services.ts"
export { type DefinitionVerdict, verifyDefinition } from "./verify-definition.ts"
export { audienceWords, lifeEventWords } from "./words.ts"
export { beginDraft, type CheckedDraft, dropDraft, getCheckedDraft, getDefinitionDraft, saveDraft } from "./write-draft.ts"
