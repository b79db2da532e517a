/** Jobs: work that follows a deed, left in the deed's own transaction. */
export { countJobs } from "./count-jobs.ts"
export { enqueue, type NewJob } from "./enqueue.ts"
export { type Handler, type Handlers, workDue } from "./work.ts"
export { startWorker, type Worker } from "./worker.ts"
