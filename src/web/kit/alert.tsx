// A notice within a page.
import type { ComponentChildren } from "preact"
import { Icon } from "./icon.tsx"

const icons = { info: "info", success: "check", warning: "warning", danger: "danger" } as const

/** `role` makes screen readers speak it when the page opens: use it for what just happened. */
export function Alert({
  tone = "info",
  title,
  role,
  children,
}: {
  tone?: keyof typeof icons
  title?: string
  role?: "status" | "alert"
  children?: ComponentChildren
}) {
  return (
    <div class="alert" data-color={tone} role={role}>
      <Icon name={icons[tone]} />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}
