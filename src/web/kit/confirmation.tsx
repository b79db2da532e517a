// The panel after something is done: what, its code, and what happens next below it.
import type { ComponentChildren } from "preact"
import { Icon } from "./icon.tsx"

export function Confirmation({
  title,
  codeLabel,
  code,
  children,
}: {
  title: string
  codeLabel?: string
  code?: string
  children?: ComponentChildren
}) {
  return (
    <div class="confirm">
      <Icon name="check" />
      <h1>{title}</h1>
      {code && (
        <p>
          {codeLabel} <strong class="code">{code}</strong>
        </p>
      )}
      {children}
    </div>
  )
}
