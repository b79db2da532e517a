/** Ids made by the program. */
export { isId, lowestId, newId, timeOfId } from "./ids.ts"
