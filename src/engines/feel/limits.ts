// Budgets of an expression and of what it is given.

/** Characters of one expression. */
export const LENGTH_MAX = 1000
/** Nodes of one expression's tree: nesting and width together. */
export const TREE_MAX = 400
/** Depth of one expression's tree. */
export const DEPTH_MAX = 60
/** Values in one evaluation's input, lists and contexts counted with their entries. */
export const INPUT_VALUES_MAX = 10_000
/** Characters in one evaluation's input. */
export const INPUT_CHARACTERS_MAX = 200_000
/** Depth of one evaluation's input. */
export const INPUT_DEPTH_MAX = 12
/** Loops (for, some, every, filters) within loops. */
export const LOOPS_MAX = 1
/** Compiled expressions kept; the oldest goes first. */
export const CACHE_MAX = 2000
