/** Oversight: what officials and operators of a site see of the exchange. */
export { describeService, type ServiceDescription } from "./describe-service.ts"
export { type FiguresUpkeep, foldFigures, startFigures } from "./keep-figures.ts"
export {
  type Catalogue,
  type CatalogueFilter,
  type ContractStanding,
  getContract,
  getService,
  listServices,
  type SeenContract,
  type SeenService,
} from "./list-services.ts"
export {
  browseRecords,
  exportEvidence,
  lookIntoExchange,
  type ProofState,
  type SeenExchange,
  type SeenRecord,
} from "./look-into-exchange.ts"
export { exchangeMeasures } from "./measures.ts"
export { readServiceFigures, readTalks, type Seen, type ServiceFigures, type Span, spans, type Talk } from "./read-figures.ts"
export type { RecordKind } from "./record-facts.ts"
export { findSight, holdsAny, type Overseer, openSight, SEES_CATALOGUE, SEES_FIGURES, type Sight, sightOf } from "./sight.ts"
export {
  TEST_PURPOSE,
  type TrialChoices,
  type TrialRefusal,
  type TrialWish,
  type Tried,
  trialChoices,
  trialMethods,
  tryService,
} from "./try-service.ts"
