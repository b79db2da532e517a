// The parts of a form, each with its state.
import type { Frame } from "#platform/http"
import { Tag, type Tone } from "./tag.tsx"
import { kitWords } from "./words.ts"

export interface Task {
  readonly id: string
  readonly title: string
  readonly state: "done" | "now" | "todo" | "later"
  /** Left out where it can't be begun yet. */
  readonly href?: string | undefined
}

const tags = {
  done: ["success", "taskDone"],
  now: ["accent", "taskNow"],
  todo: ["neutral", "taskTodo"],
  later: ["neutral", "taskLater"],
} as const satisfies Record<Task["state"], readonly [Tone, string]>

export function TaskList({ frame, tasks }: { frame: Pick<Frame, "lang" | "place">; tasks: readonly Task[] }) {
  const t = kitWords(frame)
  return (
    <ol class="tasks">
      {tasks.map((task, i) => (
        <li key={task.id} class={task.state}>
          <span class="n" aria-hidden="true">
            {task.state === "done" ? "✓" : i + 1}
          </span>
          <span class="t">
            {task.href ? (
              <a href={task.href} aria-describedby={`task-${task.id}`}>
                {task.title}
              </a>
            ) : (
              task.title
            )}
          </span>
          <Tag id={`task-${task.id}`} tone={tags[task.state][0]}>
            {t(tags[task.state][1])}
          </Tag>
        </li>
      ))}
    </ol>
  )
}
