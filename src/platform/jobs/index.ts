/** Jobs: work that follows a deed, left in the deed's own transaction. */
export { enqueue, type NewJob } from "./enqueue.ts"
export { type Handler, type Handlers, workDue } from "./work.ts"
export { startWorker, type Worker } from "./worker.ts"
