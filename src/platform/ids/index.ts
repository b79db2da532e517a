/** Ids made by the program. */
export { isId, newId } from "./ids.ts"
