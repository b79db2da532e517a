// Limits of the process engine; docs/limits.md lists them.

/** Characters of a BPMN document. */
export const DOCUMENT_LENGTH_MAX = 1_000_000
/** Elements of a BPMN document, the drawing included. */
export const DOCUMENT_ELEMENTS_MAX = 20_000
/** Marks that cost a reader more than other characters: `=` of attributes and `&` of entities. */
export const DOCUMENT_MARKS_MAX = 60_000
/** Elements within elements. */
export const DOCUMENT_DEPTH_MAX = 60
/** Nodes and flows of all processes of a document. */
export const GRAPH_NODES_MAX = 2_000
/** Characters of all FEEL of a document. */
export const EXPRESSIONS_LENGTH_MAX = 20_000
/** Steps of one evaluation of FEEL in a running process. */
export const EVALUATION_STEPS_MAX = 5_000
/** Nodes that one evaluation counts for among those entered in one move. */
export const EVALUATION_VISITS = 5
/** Nodes entered in one move. */
export const VISITS_MAX = 5_000
/** Tokens, tasks and scopes alive in one instance. */
export const LIVE_MAX = 2_000
/** Instances of one multi-instance activity. */
export const INSTANCES_MAX = 1_000
/** Calls and sub-processes within each other while running. */
export const NESTING_MAX = 40
/** Places that a drawing keeps free for flows over several layers; beyond them they are drawn straight on. */
export const DRAWING_CELLS_MAX = 5_000
/** Comparisons of places for names with what is drawn already; beyond them each name stands at its first place. */
export const DRAWING_COMPARISONS_MAX = 2_000_000
/** States that the soundness check looks at. */
export const SOUNDNESS_STATES_MAX = 4_000
/** Moves that the soundness check tries. */
export const SOUNDNESS_MOVES_MAX = 40_000
/** Tokens alive at once, beyond which the soundness check does not decide. */
export const SOUNDNESS_LIVE_MAX = 60
