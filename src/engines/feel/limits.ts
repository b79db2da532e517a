// Budgets of an expression, of what it is given, and of one evaluation.

/** Characters of one expression. */
export const LENGTH_MAX = 1000
/** Nodes of one expression's tree: nesting and width together. */
export const TREE_MAX = 400
/** Depth of one expression's tree. */
export const DEPTH_MAX = 60
/** Types that the type of an expression may consist of; beyond them it is any. */
export const TYPE_PARTS_MAX = 1000
/** Values in one evaluation's input, lists and contexts counted with their entries. */
export const INPUT_VALUES_MAX = 10_000
/** Characters in one evaluation's input. */
export const INPUT_CHARACTERS_MAX = 200_000
/** Depth of one evaluation's input. */
export const INPUT_DEPTH_MAX = 12
/** Compiled expressions kept; the oldest goes first. */
export const CACHE_MAX = 2000
/** Compiled texts without names kept for all models; the oldest goes first. */
export const PLAIN_TEXTS_MAX = 20_000
/** Steps of one evaluation: rounds of loops, calls, items looked at. */
export const STEPS_MAX = 200_000
/** List items and characters that one evaluation may make. */
export const ROOM_MAX = 400_000
/** Calls within calls. */
export const DEPTH_RUN_MAX = 256
/** Milliseconds of processor time of one evaluation, looked at every few thousand steps. */
export const MILLISECONDS_MAX = 25
/** Warnings kept of one evaluation. */
export const WARNINGS_MAX = 20
/** Characters of a regular expression. */
export const PATTERN_MAX = 500
/** Characters of a regular expression with its counted repetitions written out. */
export const PATTERN_WRITTEN_OUT_MAX = 5000
/** Compiled regular expressions kept. */
export const PATTERNS_MAX = 200
/** Characters of a text that a pattern which looks back is tried on. */
export const LOOK_BACK_TEXT_MAX = 2000
/** Repetitions that a pattern may count. */
export const PATTERN_COUNT_MAX = 1000
/** Groups within groups of a pattern. */
export const PATTERN_DEPTH_MAX = 50
