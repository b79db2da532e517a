/** The process engine: a step table compiled to a graph, and pure moves of one token over it. */
export { checkProcess, compileProcess, limitHoursOf, type ProcessBounds, type ProcessFault, ProcessFaults } from "./compile.ts"
export { ASKER, ENDS, type EndAs, ProcessDefinition, StepDefinition, StepKind } from "./definition.ts"
export type { Effect, Limit, Process, ProcessState, RefusalCode, Refused, Step, StepEvent, Stepped, Target } from "./process.ts"
export { EXPIRED, openStep, outcomesFor, start, step, stop, usualPath } from "./step.ts"
