/** Problems as codes: the one error that crosses a door on purpose. */
export { Problem, type ProblemParams } from "./problem.ts"
