// The same five human tasks in bpmn-engine, its state taken after each: the figure beside ours.
import { Engine } from "bpmn-engine"

const TASKS = 5
const CPU_SECONDS = 1

const ids = ["start", ...Array.from({ length: TASKS }, (_, n) => `task${n}`), "end"]
const source = `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><process id="p" isExecutable="true"><startEvent id="start"/>${ids
  .slice(1, -1)
  .map((id) => `<userTask id="${id}"/>`)
  .join("")}<endEvent id="end"/>${ids
  .slice(1)
  .map((to, n) => `<sequenceFlow id="f${n}" sourceRef="${ids[n]}" targetRef="${to}"/>`)
  .join("")}</process></definitions>`

/** Processes of five steps that bpmn-engine runs in a second of processor time, its state through JSON after each step. */
export async function bpmnEngineRate(): Promise<number> {
  await runThrough()
  const before = process.cpuUsage()
  for (let done = 1; ; done++) {
    await runThrough()
    const { user, system } = process.cpuUsage(before)
    const seconds = (user + system) / 1_000_000
    if (seconds > CPU_SECONDS) return done / seconds
  }
}

async function runThrough(): Promise<void> {
  const engine = new Engine({ name: "bench", source })
  const execution = await engine.execute()
  for (const id of ids.slice(1, -1)) {
    JSON.parse(JSON.stringify(await engine.getState()))
    execution.signal({ id })
  }
  if (execution.state !== "idle" && execution.activityStatus !== "idle") throw new Error(`bpmn-engine is ${execution.state}`)
}
