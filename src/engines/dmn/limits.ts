// Limits of a model.

/** Characters of a model's XML. */
export const XML_LENGTH_MAX = 1024 * 1024
/** Elements of a model's XML, drawing included: as many as are read in 50 ms of processor time, whatever they are. */
export const XML_ELEMENTS_MAX = 12_000
/** Marks that cost a reader more than other characters: `=` of attributes and `&` of entities. */
export const XML_MARKS_MAX = 20_000
/** Elements within elements. */
export const XML_DEPTH_MAX = 100
/** Characters of one expression of a model. */
export const TEXT_MAX = 10_000
/** Nodes of one expression's tree in a model. */
export const TEXT_TREE_MAX = 2000
/** Steps that one decision with all that it requires may take. */
export const DECISION_STEPS_MAX = 500_000
/** Rules kept in a trace of one table. */
export const TRACE_MAX = 1000
/** Cells of one table that are looked at for gaps and overlaps, places with the same rules counted once. */
export const TABLE_CELLS_MAX = 200_000
/** Gaps of one table that are told. */
export const WARNED_GAPS_MAX = 5
/** Pairs of rules of one table that are told. */
export const OVERLAPS_MAX = 10
/** Imports within imports. */
export const IMPORT_DEPTH_MAX = 8
